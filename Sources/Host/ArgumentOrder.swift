import ArgumentParser

/// What people type before the parser sees it.
enum ArgumentOrder {
    /// Options that every verb has may stand before the verb: they are moved behind it.
    ///
    /// Throws for the verbs of the deployer, which an explicit `--role deployer` chooses.
    static func ordered(_ arguments: [String]) throws(Failure) -> [String] {
        let own = arguments.prefix { $0 != "--" }
        let asksForDeployer =
            own.contains("--role=deployer") || zip(own, own.dropFirst()).contains { $0 == "--role" && $1 == "deployer" }
        guard !asksForDeployer else {
            throw Failure(
                .usage,
                "This version cannot provision servers yet: the verbs of “--role deployer” (plan, apply, status and the "
                    + "others) come with a later one. “host --help” prints what there is."
            )
        }
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

    private static let options = ["--config", "--set", "--role"]
    private static let groups = [UserCommand.configuration.commandName, TokenCommand.configuration.commandName]
}
