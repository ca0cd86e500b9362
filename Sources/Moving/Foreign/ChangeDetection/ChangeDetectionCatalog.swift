import Markup
import Model

/// What changedetection.io keeps: its backup archive, or its data folder.
///
/// Source: the program's own store, of either layout: all watches in `url-watches.json`, or each in a `watch.json` of its
/// own folder with the settings in `changedetection.json`. <https://github.com/dgtlmoon/changedetection.io>
enum ChangeDetectionCatalog {
    private static let settingsFiles = ["changedetection.json", "url-watches.json"]

    static func isOne(_ files: FileTree) -> Bool {
        files.paths.contains { settingsFiles.contains($0) || $0.hasSuffix("/watch.json") }
    }

    /// `currency` is what prices are in whose watch names none.
    static func read(_ files: FileTree, currency: Currency?) throws(MovingError) -> ForeignCatalog {
        var (settings, watches): (JSONValue?, [String: JSONValue]) = (nil, [:])
        for file in settingsFiles {
            guard let bytes = try files.contents(of: file) else { continue }
            guard let value = JSONValue(strictly: bytes) else {
                throw .damaged("“\(file)” can't be read: it is no JSON.")
            }
            if settings == nil || settings == .null { settings = value["settings"] }
            for member in value["watching"]?.members ?? [] where watches[member.key] == nil {
                watches[member.key] = member.value
            }
        }
        for path in files.paths where path.hasSuffix("/watch.json") {
            guard let bytes = try files.contents(of: path), let value = JSONValue(strictly: bytes) else {
                throw .damaged("“\(path)” can't be read: it is no JSON.")
            }
            watches[String(path.dropLast("/watch.json".count))] = value
        }
        var catalog = ForeignCatalog(program: "changedetection.io")
        for (id, watch) in watches.sorted(by: { $0.key < $1.key }) {
            var reader = ChangeDetectionWatch(id, watch, files, settings: settings, currency: currency)
            if let product = try reader.product() { catalog.products.append(product) }
            catalog.notMoved += reader.notMoved
        }
        if settings["application"]["notification_urls"].isSet {
            catalog.notMoved.append(NotMoved("addresses for notifications", "Add a channel for them."))
        }
        return catalog
    }
}
