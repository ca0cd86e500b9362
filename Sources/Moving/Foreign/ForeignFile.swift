import FoundationEssentials
package import Model

/// Files of other programs, by whose they are.
package enum ForeignFile {
    package enum Kind: String, Sendable, CaseIterable {
        case changedetection, pricebuddy, priceghost, csv
    }

    /// Larger ones would not fit into the memory of a small server.
    private static let largestFile = 1 << 30

    /// What a file or folder looks like; nil for an export of this program.
    ///
    /// Throws `MovingError.request` when it looks like nothing that is known.
    package static func kind(of path: String) throws(MovingError) -> Kind? {
        if isFolder(path) { return .changedetection }
        let reader = try LineReader(path)
        let head: [UInt8]
        do {
            // The tables of a dump stand near its beginning, as far as they are short.
            head = try reader.head(1 << 20)
        } catch let error as MovingError {
            throw error
        } catch {
            throw .file("The file “\(path)” can't be read: \(error).")
        }
        if head.starts(with: ExportHead.beginning) { return nil }
        if head.starts(with: "PK".utf8) { return .changedetection }
        let text = String(decoding: head, as: UTF8.self)
        if text.contains("CREATE TABLE") || text.contains("INSERT INTO") || text.contains("\nCOPY ") {
            if text.contains("price_history") { return .priceghost }
            if text.contains("price_cache") || text.contains("taggables") { return .pricebuddy }
        } else if text.prefix(while: { !$0.isNewline }).lowercased().contains(/\b(url|link|address)\b/) {
            return .csv
        }
        let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw .request("“\(path)” looks like nothing that can be imported. Say what it is with --from: \(kinds).")
    }

    /// `currency` is what prices are in that name none.
    package static func read(_ path: String, as kind: Kind, currency: Currency?) throws -> ForeignCatalog {
        if isFolder(path) {
            guard kind == .changedetection else { throw MovingError.request("“\(path)” is a folder, not a file.") }
            return try changeDetection(FileTree(folder: path), path, currency)
        }
        let bytes = try contents(of: path)
        switch kind {
        case .changedetection:
            return try changeDetection(FileTree(ZipArchive(bytes, named: path)), path, currency)
        case .pricebuddy: return try PriceBuddyCatalog.read(bytes, named: path, currency: currency)
        case .priceghost: return try PriceGhostSource.read(bytes, named: path, currency: currency)
        case .csv: return try CSVCatalog.read(bytes, named: path, currency: currency)
        }
    }

    private static func changeDetection(
        _ files: FileTree,
        _ path: String,
        _ currency: Currency?
    ) throws(MovingError) -> ForeignCatalog {
        guard ChangeDetectionCatalog.isOne(files) else {
            throw .damaged(
                "“\(path)” is no backup of changedetection.io: it holds no watch.json and no url-watches.json."
            )
        }
        return try ChangeDetectionCatalog.read(files, currency: currency)
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    private static func contents(of path: String) throws(MovingError) -> [UInt8] {
        let size = try LineReader(path).size
        guard size <= largestFile else {
            throw .file("“\(path)” is larger than 1 GB. Of an archive, unpack it and import the folder.")
        }
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .file("The file “\(path)” can't be read: give this user the right to do so.")
        }
    }
}
