/// Every setting described for the docs, made from the one list.
enum SettingsReference {
    static var lines: [String] {
        ["| setting | type | default | environment variable | what it does |", "|---|---|---|---|---|"]
            + SettingKeys.all.map { key in
                let standard = key.standard.written.isEmpty ? "empty" : "`\(key.standard.written)`"
                var variables = [key.environmentName] + key.platformVariables
                if key.isSecret { variables += variables.map { "\($0)_FILE" } }
                let names = variables.map { "`\($0)`" }.joined(separator: ", ")
                return
                    "| `\(key.name)` | \(key.typeName)\(key.isSecret ? ", secret" : "") | \(standard) | \(names) | \(key.summary) |"
            }
    }
}
