import FoundationEssentials

/// Files of another program, packed or in a folder.
struct FileTree {
    private let archive: ZipArchive?
    private let folder: String
    /// Relative paths with `/`.
    let paths: [String]
    private let known: Set<String>

    private static let largestFile = 64 << 20

    init(_ archive: ZipArchive) {
        self.archive = archive
        folder = ""
        paths = archive.entries.keys.sorted()
        known = Set(paths)
    }

    /// The files in a folder, and in the folders in it.
    init(folder: String) throws(MovingError) {
        archive = nil
        self.folder = folder
        let files = FileManager.default
        do {
            var paths: [String] = []
            for name in try files.contentsOfDirectory(atPath: folder) {
                var isFolder = false
                guard files.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) else { continue }
                guard isFolder else {
                    paths.append(name)
                    continue
                }
                paths += try files.contentsOfDirectory(atPath: "\(folder)/\(name)").map { "\(name)/\($0)" }
            }
            self.paths = paths.sorted()
            known = Set(paths)
        } catch {
            throw .file("The folder “\(folder)” can't be read: give this user the right to do so.")
        }
    }

    /// nil when there is no such file.
    func contents(of path: String) throws(MovingError) -> [UInt8]? {
        if let archive { return try archive.contents(of: path) }
        guard known.contains(path) else { return nil }
        let file = "\(folder)/\(path)"
        do {
            let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
            guard size <= Self.largestFile else { throw MovingError.damaged("“\(file)” is too large.") }
            return Array(try Data(contentsOf: URL(filePath: file)))
        } catch let error as MovingError {
            throw error
        } catch {
            throw .file("The file “\(file)” can't be read: give this user the right to do so.")
        }
    }
}
