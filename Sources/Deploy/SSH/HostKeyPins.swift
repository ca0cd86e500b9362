import FoundationEssentials

/// The host keys by which machines are known again, in a file as OpenSSH writes its `known_hosts`.
///
/// A machine stands there by its mark, not by its address, which may be another one tomorrow.
package struct HostKeyPins: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// The kind and the key of each pin of `mark`; none before the first contact.
    package func pins(of mark: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw DeployError("The host keys in “\(path)” can't be read. Check the rights of the file.")
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return parts.count == 2 && parts[0] == mark ? String(parts[1]) : nil
        }
    }

    /// Takes what `ssh-keyscan` found as the keys of `mark`, and of nobody else from now on.
    package func pin(_ scanned: [String], as mark: String) throws {
        let lines = scanned.map { "\(mark) \($0)\n" }.joined()
        try OwnFile.replace(path, with: Array(lines.utf8))
    }

    /// Nobody is known any more: the machine that had these keys is gone.
    package func forget() throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch {
            throw DeployError("The file “\(path)” with the keys of a machine that is gone can't be removed. Remove it.")
        }
    }

    /// The keys in what `ssh-keyscan` writes, without the address before each.
    static func keys(inScan output: [UInt8]) -> [String] {
        String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 3, !line.hasPrefix("#") else { return nil }
            return "\(parts[1]) \(parts[2])"
        }.sorted()
    }
}
