import ArgumentParser
import Operations
import PluginAPI

/// Lists what is compiled in.
struct PluginsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: "List the plugins of this build with their options."
    )

    @Flag(help: "Print a JSON array instead of a list.")
    var json = false

    @OptionGroup var shared: SharedOptions

    func run() throws {
        _ = try shared.load()
        let registry = try InstalledPlugins.registry()
        let plugins =
            registry.scrapers.map { PluginDescription($0, kind: "scraper", sites: $0.sites.sorted()) }
            + registry.notifiers.map { PluginDescription($0, kind: "notifier", sites: []) }
            + registry.providers.map { PluginDescription($0, kind: "provider", sites: []) }
        if json {
            StandardOutput.write(JSON.array(plugins.map(\.json)).line)
        } else {
            for line in plugins.flatMap(\.lines) { StandardOutput.write(line) }
        }
    }
}

/// A plugin as it is printed.
private struct PluginDescription {
    let id: String
    let kind: String
    let title: String
    let summary: String
    let sites: [String]
    let options: [PluginAPI.Option]

    init(_ plugin: any Plugin.Type, kind: String, sites: [String]) {
        id = plugin.id.text
        self.kind = kind
        title = plugin.title
        summary = plugin.summary
        self.sites = sites
        options = plugin.options
    }

    var lines: [String] {
        let sites = sites.isEmpty ? [] : ["  Sites: \(sites.joined(separator: ", "))"]
        let rows = options.map { option in
            [option.key, option.kind.rawValue, option.standard.map { "default “\($0)”" } ?? "required", option.summary]
        }
        let table = rows.isEmpty ? ["  No options."] : TextTable.lines(heads: [], rows: rows).map { "  \($0)" }
        return ["\(id) (\(kind)): \(summary)"] + sites + table + [""]
    }

    var json: JSON {
        .object([
            .init("id", .string(id)),
            .init("kind", .string(kind)),
            .init("title", .string(title)),
            .init("summary", .string(summary)),
            .init("sites", .array(sites.map(JSON.string))),
            .init("options", .array(options.map(Self.json))),
        ])
    }

    private static func json(_ option: PluginAPI.Option) -> JSON {
        .object([
            .init("key", .string(option.key)),
            .init("kind", .string(option.kind.rawValue)),
            .init("summary", .string(option.summary)),
            .init("example", .string(option.example)),
            .init("default", JSON(option.standard)),
            .init("required", .bool(option.standard == nil)),
        ])
    }
}
