import Crypto
import FoundationEssentials
import PluginAPI

/// The key of whoever runs the deployer.
struct OperatorKey: Sendable {
    let publicKey: SSHPublicKey
    /// The path of the private one; where it is not beside the public one, as with a key that only the agent has, that of
    /// the public one.
    let identity: String
    /// Whether only an agent can sign with it: there is no private key here, or one with a passphrase.
    let needsAgent: Bool

    /// Reads the file that `setting` names; `place` is the key of that setting.
    static func read(_ setting: String, _ place: String) -> Result<OperatorKey, Failure> {
        var path = WindowsPath.inWSL(setting)
        if path.hasPrefix("~/") { path = (ProcessInfo.processInfo.environment["HOME"] ?? "") + path.dropFirst(1) }
        guard let content = try? Data(contentsOf: URL(filePath: path)) else {
            return .failure(
                Failure(
                    .configuration,
                    "The public key “\(setting)” (\(place)) cannot be read. Make one with “ssh-keygen -t ed25519”, or name yours."
                )
            )
        }
        let text = String(decoding: content, as: UTF8.self)
        guard let key = SSHPublicKey(text, md5: { Array(Insecure.MD5.hash(data: Data($0))) }) else {
            return .failure(
                Failure(
                    .configuration,
                    "“\(setting)” (\(place)) is no public key of OpenSSH. Name the file that ends in .pub."
                )
            )
        }
        // Coolify's installer removes every key whose line says “coolify”, its own of an earlier run, and would lock us out.
        guard !key.line.lowercased().contains("coolify") else {
            return .failure(
                Failure(
                    .configuration,
                    "The comment of “\(setting)” (\(place)) says “coolify”, and Coolify's installer removes such keys from the "
                        + "machine. Change the words after the key: ssh-keygen -c -C NAME -f FILE."
                )
            )
        }
        let identity = path.hasSuffix(".pub") ? String(path.dropLast(4)) : ""
        if let problem = problem(withPrivate: identity) {
            return .failure(Failure(.configuration, "\(place): \(problem)"))
        }
        // Where it can't be read it is not used.
        guard let bytes = try? Data(contentsOf: URL(filePath: identity)) else {
            return .success(OperatorKey(publicKey: key, identity: path, needsAgent: true))
        }
        let isLocked = hasPassphrase(String(decoding: bytes, as: UTF8.self))
        return .success(OperatorKey(publicKey: key, identity: identity, needsAgent: isLocked))
    }

    /// Whether a private key can't be used without a word that somebody has to type.
    ///
    /// OpenSSH's own format begins with its name and the cipher, `none` for none; older ones have it among their headers.
    /// <https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key>
    static func hasPassphrase(_ text: String) -> Bool {
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.first?.contains("OPENSSH PRIVATE KEY") == true else { return text.contains("ENCRYPTED") }
        let body = lines.dropFirst().prefix { !$0.hasPrefix("-----") }.joined()
        let start = Array("openssh-key-v1\0".utf8) + [0, 0, 0, 4] + Array("none".utf8)
        return Data(base64Encoded: body).map { !$0.starts(with: start) } ?? false
    }

    /// OpenSSH leaves a key alone that others may read, and would say no more than that the machine refuses everybody.
    private static func problem(withPrivate path: String) -> String? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let rights = attributes[.posixPermissions] as? Int, rights & 0o077 != 0
        else { return nil }
        guard WindowsPath.isOnDrive(path) else {
            return
                "Others may read the private key “\(path)”, so ssh does not use it. Give the command: chmod 600 '\(path)'."
        }
        return
            "The private key “\(path)” is on a drive of Windows, where every file looks as if others might read it, so ssh does "
            + "not use it. Copy it into WSL, and name the copy: mkdir -p ~/.ssh && cp '\(path)' '\(path).pub' ~/.ssh/ && chmod "
            + "600 ~/.ssh/*."
    }
}
