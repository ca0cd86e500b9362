import Model

/// The machine that somebody wants; the plugin's own options (size, region, network) come by its `PluginSetup`.
package struct MachineRequest: Hashable, Sendable {
    /// The name of the environment, for people: `staging`.
    package let environment: String
    /// What everything made for this request is named or tagged with; written down before anything is made.
    package let mark: MachineMark
    /// Who may sign in: root of the machine gets this key.
    package let key: SSHPublicKey
    /// Processors, 1 or more.
    package let cpus: Int
    /// Memory in MiB.
    package let memoryMiB: Int
    /// Disk in GiB.
    package let diskGiB: Int
    /// The release of Ubuntu: `22.04`.
    package let release: String

    /// Each value as its property says.
    package init(
        environment: String,
        mark: MachineMark,
        key: SSHPublicKey,
        cpus: Int = 2,
        memoryMiB: Int = 4096,
        diskGiB: Int = 40,
        release: String = "22.04"
    ) {
        self.environment = environment
        self.mark = mark
        self.key = key
        self.cpus = cpus
        self.memoryMiB = memoryMiB
        self.diskGiB = diskGiB
        self.release = release
    }
}

/// A name that nothing else in the world has: `pma-staging-1f3a9c`.
///
/// It is a host name, a tag and the name of a virtual machine: 3…60 ASCII letters, digits and lone dashes, the first a
/// letter, the last none.
package struct MachineMark: Hashable, Sendable, CustomStringConvertible {
    /// The name itself.
    package let text: String

    /// nil for a text that some provider would refuse as a name.
    package init?(_ text: String) {
        let isName = text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x2d }
        guard isName, (3...60).contains(text.utf8.count), let first = text.first, first.isLetter,
            text.last != "-", !text.contains("--")
        else { return nil }
        self.text = text
    }

    /// The name itself.
    package var description: String { text }
}
