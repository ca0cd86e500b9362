import FoundationEssentials

/// Where the deployer keeps its records.
enum Folder {
    /// Only its owner may look into it.
    static func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw DeployError("The folder “\(path)” can't be made. Check that this user may write there.")
        }
    }
}
