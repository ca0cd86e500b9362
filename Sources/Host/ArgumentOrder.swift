import ArgumentParser

/// What people type before the parser sees it.
enum ArgumentOrder {
    /// The arguments without an explicit `--role deployer`, which chooses the second set of verbs; nil where there is none.
    static func forDeployer(_ arguments: [String]) -> [String]? {
        let own = arguments.prefix { $0 != "--" }
        var rest = arguments
        if let place = own.firstIndex(of: "--role=deployer") {
            rest.remove(at: place)
        } else if let place = own.indices.first(where: {
            own[$0] == "--role" && own.dropFirst($0 + 1).first == "deployer"
        }) {
            rest.removeSubrange(place...(place + 1))
        } else {
            return nil
        }
        return rest
    }

    /// Options that every verb has may stand before the verb: they are moved behind it.
    static func ordered(_ arguments: [String]) -> [String] {
        var leading: [String] = []
        var rest = arguments[...]
        while let first = rest.first, let name = options.first(where: { first == $0 || first.hasPrefix("\($0)=") }) {
            let count = first == name ? min(2, rest.count) : 1
            leading += rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        guard !leading.isEmpty, let verb = rest.first, !verb.hasPrefix("-") else { return arguments }
        // `user` and `token` have verbs of their own, and these have the options.
        let verbs = groups.contains(verb) ? min(2, rest.count) : 1
        return rest.prefix(verbs) + leading + rest.dropFirst(verbs)
    }

    private static let options = ["--config", "--set", "--role", "--environment"]
    private static let groups = [UserCommand.configuration.commandName, TokenCommand.configuration.commandName]
}
