import FoundationEssentials
import PluginAPI

/// What a new machine does at its first start. <https://cloudinit.readthedocs.io/en/latest/reference/modules.html#ssh>
///
/// Read by Multipass from its standard input: a snap may not read every folder, and Windows has other paths.
struct CloudInit {
    let key: SSHPublicKey

    /// Ubuntu's images turn root's key away unless they are told otherwise; Coolify signs in as root.
    var text: String {
        """
        #cloud-config
        disable_root: false
        ssh_authorized_keys:
          - \(quoted(key.line))

        """
    }

    /// JSON's way to write a text is one of YAML's.
    private func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // A text can always be written.
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
