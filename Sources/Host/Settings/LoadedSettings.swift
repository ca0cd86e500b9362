import Configuration

/// A value and where it came from.
struct SettingValue: Sendable {
    let content: ConfigContent
    let origin: Origin

    enum Origin: Hashable, Sendable, CustomStringConvertible {
        case commandLine
        /// One that has its own word on the command line.
        case option(String)
        case environment(String)
        case secretFile(variable: String, path: String)
        case file(String)
        case standard

        var description: String {
            switch self {
            case .commandLine: "--set"
            case .option(let name): name
            case .environment(let variable): "environment variable \(variable)"
            case .secretFile(let variable, let path): "file \(path), named by \(variable)"
            case .file(let path): path
            case .standard: "default"
            }
        }
    }

    init(_ content: ConfigContent, _ origin: Origin) {
        self.content = content
        self.origin = origin
    }
}

/// What holds for each key, every value of the right type and in its range.
struct LoadedSettings: Sendable {
    /// What the areas of `Settings` read from.
    let config: ConfigReader
    /// What the file says about single shops.
    let sites: SiteEntries
    /// What the file says about places that the deployer keeps.
    let environments: EnvironmentEntries
    private let values: [String: SettingValue]

    /// `layers` are most important first; the last one has a value for every key.
    init(
        layers: [[String: SettingValue]],
        sites: SiteEntries = SiteEntries(),
        environments: EnvironmentEntries = EnvironmentEntries()
    ) {
        (self.sites, self.environments) = (sites, environments)
        values = layers.reversed().reduce(into: [:]) { $0.merge($1) { $1 } }
        let providers = layers.map { layer in
            InMemoryProvider(
                values: Dictionary(
                    uniqueKeysWithValues: layer.map { name, value in
                        let isSecret = SettingKeys.key(name)?.isSecret ?? true
                        return (AbsoluteConfigKey(ConfigKey(name)), ConfigValue(value.content, isSecret: isSecret))
                    }
                )
            )
        }
        config = ConfigReader(providers: providers)
    }

    /// What a person may see of a key's value, and where it came from.
    func shown(_ key: SettingKey) -> (value: String, origin: String) {
        guard let value = values[key.name] else { return ("", "") }
        let written = value.content.written
        let isHidden = key.isSecret && !written.isEmpty
        return (isHidden ? "[redacted]" : written, value.origin.description)
    }

    /// A message about a value that is well formed but cannot be used; `problem` completes “it …”.
    func failure(_ name: String, _ problem: String) -> Failure {
        let origin = values[name].map { " (\($0.origin))" } ?? ""
        return Failure(.configuration, "\(name)\(origin) \(problem)")
    }
}
