import FoundationEssentials
import Model

/// The secrets that `config.json` names by the environment variables which hold them.
struct SecretVariables {
    private let variables: [String: String]
    /// Every one that could not be had, with what to do.
    private(set) var problems: [String] = []

    init(_ variables: [String: String] = ProcessInfo.processInfo.environment) { self.variables = variables }

    /// What `variable` holds, or the file that `variable` with `_FILE` names; `place` is the setting that asks for it.
    mutating func value(of variable: String, for place: String) -> String? {
        if let text = variables[variable], !text.isEmpty { return text }
        guard let path = variables["\(variable)_FILE"], !path.isEmpty else {
            problems.append(
                "\(place) names the environment variable \(variable), which is not set, and neither is \(variable)_FILE."
            )
            return nil
        }
        guard let content = try? Data(contentsOf: URL(filePath: path)) else {
            problems.append("The file “\(path)”, which \(variable)_FILE names, cannot be read.")
            return nil
        }
        return String(decoding: content, as: UTF8.self).trimmingWhitespace()
    }
}
