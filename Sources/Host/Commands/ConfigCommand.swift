import ArgumentParser

/// Shows what is set.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print every setting with its value and where the value came from.",
        discussion: "Secrets are printed as [redacted]. Exits with 78 when the settings cannot be used together."
    )

    @Flag(help: "Print a description of every setting in Markdown instead: its type, default and environment variable.")
    var reference = false

    @OptionGroup var shared: SharedOptions

    func run() throws {
        guard !reference else {
            for line in SettingsReference.lines { StandardOutput.write(line) }
            return
        }
        let loaded = try shared.load()
        let rows = SettingKeys.all.map { key in
            let (value, origin) = loaded.shown(key)
            return [key.name, value.isEmpty ? "(empty)" : value, origin]
        }
        let file = shared.config ?? SettingsLoader.standardFile
        let tables = (loaded.sites.shown + loaded.environments.shown).map { [$0.key, $0.value, file] }
        for line in TextTable.lines(heads: ["SETTING", "VALUE", "FROM"], rows: rows + tables) {
            StandardOutput.write(line)
        }
        // Says with words, and the exit code, what reading all of it for use would find wrong.
        _ = try Settings(loaded)
    }
}
