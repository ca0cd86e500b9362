import Configuration
import FoundationEssentials
import Model
import Operations

/// Where settings are read from, most important first: the command line, our environment variables, those that
/// platforms set, the file, the defaults.
struct SettingsLoader {
    /// What `--config` named; nil for `config.json`, which may be missing.
    var file: String?
    /// What `--set` said, in order: `web.port=80`.
    var assignments: [String] = []
    /// What `--role` said, which counts for more than any `--set`.
    var role: String?
    var environment: [String: String] = ProcessInfo.processInfo.environment
    /// nil where there is no such file.
    var readFile: (String) throws -> Data? = { path in
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try Data(contentsOf: URL(filePath: path))
    }

    static let standardFile = "config.json"

    /// Throws every problem at once, as one message with a line for each.
    func load() throws(Failure) -> LoadedSettings {
        var problems: [String] = []
        var tables = Tables()
        let layers = [
            commandLine(&problems),
            environmentVariables(&problems),
            platformVariables(&problems),
            fileValues(&tables, &problems),
            Dictionary(
                uniqueKeysWithValues: SettingKeys.all.map { ($0.name, SettingValue($0.standard, .standard)) }
            ),
        ]
        guard problems.isEmpty else { throw Failure(.configuration, problems.joined(separator: "\n")) }
        return LoadedSettings(layers: layers, sites: tables.sites, environments: tables.environments)
    }

    /// What only the file can hold, since its keys are names that people chose.
    private struct Tables {
        var sites = SiteEntries()
        var environments = EnvironmentEntries()
    }

    private typealias Layer = [String: SettingValue]

    private func commandLine(_ problems: inout [String]) -> Layer {
        var layer: Layer = [:]
        for assignment in assignments {
            guard let mark = assignment.firstIndex(of: "=") else {
                problems.append("“--set \(assignment)” names no value. Write --set key=value.")
                continue
            }
            let name = assignment[..<mark].trimmingWhitespace()
            let text = String(assignment[assignment.index(after: mark)...])
            take(name, text, .commandLine, &layer, &problems)
        }
        if let role { take("role", role, .option("--role"), &layer, &problems) }
        return layer
    }

    private func environmentVariables(_ problems: inout [String]) -> Layer {
        var layer: Layer = [:]
        let names = Dictionary(uniqueKeysWithValues: SettingKeys.all.map { ($0.environmentName, $0) })
        let files = Dictionary(
            uniqueKeysWithValues: SettingKeys.all.filter(\.isSecret).map { ("\($0.environmentName)_FILE", $0) }
        )
        for (variable, text) in environment.sorted(by: { $0.key < $1.key }) where variable.hasPrefix("HOST_") {
            if let key = names[variable] {
                takeVariable(variable, text, key, &layer, &problems)
            } else if files[variable] == nil {
                let known = Array(names.keys).sorted() + Array(files.keys).sorted()
                let nearest = NearestKey.nearest(to: variable, among: known) ?? ""
                problems.append(
                    "The environment variable \(variable) is not a setting. The nearest is \(nearest). "
                        + "“host config” prints all settings."
                )
            }
        }
        for (variable, key) in files { takeFile(variable, key, besides: key.environmentName, &layer, &problems) }
        return layer
    }

    private func platformVariables(_ problems: inout [String]) -> Layer {
        var layer: Layer = [:]
        for key in SettingKeys.all {
            for variable in key.platformVariables {
                if let text = environment[variable] { takeVariable(variable, text, key, &layer, &problems) }
                if key.isSecret { takeFile("\(variable)_FILE", key, besides: variable, &layer, &problems) }
            }
        }
        return layer
    }

    /// An empty variable is as good as none: Compose files and shells pass on what was never set.
    private func takeVariable(
        _ variable: String,
        _ text: String,
        _ key: SettingKey,
        _ layer: inout Layer,
        _ problems: inout [String]
    ) {
        guard !text.isEmpty else { return }
        take(key.name, text, .environment(variable), &layer, &problems)
    }

    private func takeFile(
        _ variable: String,
        _ key: SettingKey,
        besides plain: String,
        _ layer: inout Layer,
        _ problems: inout [String]
    ) {
        guard let path = environment[variable], !path.isEmpty else { return }
        guard (environment[plain] ?? "").isEmpty else {
            problems.append("\(plain) and \(variable) are both set. Keep one of them.")
            return
        }
        // Whether it is missing or may not be read, the same has to be looked at.
        guard let content = try? readFile(path) else {
            problems.append(
                "The file “\(path)”, which \(variable) names for \(key.name), cannot be read. "
                    + "Check the path and that this user may read it."
            )
            return
        }
        let text = String(decoding: content, as: UTF8.self).trimmingWhitespace()
        take(key.name, text, .secretFile(variable: variable, path: path), &layer, &problems)
    }

    private func fileValues(_ tables: inout Tables, _ problems: inout [String]) -> Layer {
        let path = file ?? Self.standardFile
        let data: Data
        do {
            guard let content = try readFile(path) else {
                if file != nil { problems.append("The settings file “\(path)” cannot be read: there is no such file.") }
                return [:]
            }
            data = content
        } catch {
            problems.append("The settings file “\(path)” cannot be read. Check that this user may read it.")
            return [:]
        }
        guard case .object(var members)? = decode(data, path, &problems) else { return [:] }
        // Host names have dots, as the names of settings do.
        if let json = members.removeValue(forKey: SiteEntries.key), json != .null {
            tables.sites = SiteEntries(json, path: path)
            problems += tables.sites.problems
        }
        if let json = members.removeValue(forKey: EnvironmentEntries.key), json != .null {
            tables.environments = EnvironmentEntries(json, path: path)
            problems += tables.environments.problems
        }
        var layer: Layer = [:]
        for (name, value) in ConfigJSON.object(members).flattened {
            guard let key = known(name, path, &problems) else { continue }
            if let content = key.content(of: value) {
                layer[name] = SettingValue(content, .file(path))
            } else {
                problems.append(wrong(key, value.written, .file(path)))
            }
        }
        return layer
    }

    private func decode(_ data: Data, _ path: String, _ problems: inout [String]) -> ConfigJSON? {
        do {
            let json = try ConfigJSONParser.parse(data)
            if case .object = json { return json }
            problems.append(
                "The settings file “\(path)” must hold one JSON object, such as {\"web\": {\"port\": 8080}}."
            )
        } catch {
            problems.append("The settings file “\(path)” is not valid JSON: \(error).")
        }
        return nil
    }

    private func take(
        _ name: String,
        _ text: String,
        _ origin: SettingValue.Origin,
        _ layer: inout Layer,
        _ problems: inout [String]
    ) {
        guard let key = known(name, "\(origin)", &problems) else { return }
        if let content = key.content(of: text) {
            layer[name] = SettingValue(content, origin)
        } else {
            problems.append(wrong(key, text, origin))
        }
    }

    private func known(_ name: String, _ place: String, _ problems: inout [String]) -> SettingKey? {
        if let key = SettingKeys.key(name) { return key }
        for (key, what) in [
            (SiteEntries.key, "single shops"), (EnvironmentEntries.key, "environments of the deployer"),
        ]
        where name == key || name.hasPrefix("\(key).") {
            problems.append("“\(name)” (\(place)) is about \(what), which only config.json can set, under “\(key)”.")
            return nil
        }
        let known = SettingKeys.names + [SiteEntries.key, EnvironmentEntries.key]
        let nearest = NearestKey.nearest(to: name, among: known) ?? ""
        problems.append(
            "“\(name)” (\(place)) is not a setting. The nearest is “\(nearest)”. “host config” prints all settings."
        )
        return nil
    }

    private func wrong(_ key: SettingKey, _ text: String, _ origin: SettingValue.Origin) -> String {
        let value = key.isSecret ? "" : " is “\(text.prefix(200))”, but"
        return "\(key.name) (\(origin))\(value) must be \(key.expectation)."
    }
}
