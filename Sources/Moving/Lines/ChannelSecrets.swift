import FoundationEssentials
import SQL
import Store

/// Takes the secrets out of channels.
package struct ChannelSecrets: Sendable {
    private let secretOptions: @Sendable (_ plugin: String) -> Set<String>?

    /// `secretOptions` names the options of a plugin that are secret; nil for one that this program does not have.
    package init(_ secretOptions: @escaping @Sendable (_ plugin: String) -> Set<String>?) {
        self.secretOptions = secretOptions
    }

    static let problem = "It came here without its secrets. Change it, and set them again."

    /// The values of a channel's columns without secrets, and with the problem that this makes, if any was there.
    ///
    /// Without its plugin nobody knows which of the options are secret: all of them are taken out.
    func removed(from values: [Value], _ columns: [MovedTable.Column]) throws -> [Value] {
        func place(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }
        guard let options = place("options"), let plugin = place("plugin"), let problem = place("problem"),
            case .text(let text) = values[options], case .text(let name) = values[plugin]
        else { return values }
        let all = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        let kept = secretOptions(name).map { secret in all.filter { !secret.contains($0.key) } } ?? [:]
        guard kept.count < all.count else { return values }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var values = values
        values[options] = .text(String(decoding: try encoder.encode(kept), as: UTF8.self))
        values[problem] = .text(Self.problem)
        return values
    }
}
