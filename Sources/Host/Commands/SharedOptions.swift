import ArgumentParser
import Logging
import Operations

/// What every verb accepts.
struct SharedOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read settings from this JSON file (default: \(SettingsLoader.standardFile), if there is one).",
            valueName: "file"
        )
    )
    var config: String?

    @Option(
        name: .customLong("set"),
        parsing: .singleValue,
        help: ArgumentHelp(
            "Set one setting, above the environment and the file; may be repeated. “host config” prints all keys.",
            valueName: "key=value"
        )
    )
    var assignments: [String] = []

    /// Every key's value and origin.
    func load(role: String? = nil) throws -> LoadedSettings {
        try SettingsLoader(file: config, assignments: assignments, role: role).load()
    }

    /// For verbs beside a running program: only what a person must know is written to the log.
    func loadQuietly() throws -> Settings {
        let settings = try Settings(load())
        settings.log.begin(atLeast: .warning)
        return settings
    }
}

extension LogSettings {
    /// Installs the log for the whole process; called once.
    func begin(atLeast least: Logger.Level = .trace) {
        format.begin(level: max(level, least))
    }
}
