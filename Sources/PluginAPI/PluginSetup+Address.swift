package import Model

extension PluginSetup {
    /// The value of an option as an address; the error does not repeat it, for it may hold a secret.
    ///
    /// `example` is shown to a person whose value is none.
    package func address(_ key: String, example: String) throws(SetupError) -> WebAddress {
        do {
            return try WebAddress(self[key])
        } catch {
            let problem =
                switch error {
                case .credentials: "must not hold a user name or password"
                case .tooLong: "is longer than 4096 characters"
                case .empty, .notAnAddress, .unsupportedScheme: "must be an http or https address such as \(example)"
                }
            throw SetupError(key, problem)
        }
    }

    /// The address of a server that a person runs, to which a path is added; a slash at its end does not count.
    ///
    /// Throws as `address` does, and for a query.
    package func server(_ key: String, example: String) throws(SetupError) -> WebAddress {
        let address = try address(key, example: example)
        guard !address.target.contains("?") else { throw SetupError(key, "must not have a query; such as \(example)") }
        return address
    }
}

extension WebAddress {
    /// The address of a page below this one: `/v1/send` below `https://a.example/b/` is `https://a.example/b/v1/send`.
    package func below(_ path: String) -> String {
        (text.hasSuffix("/") ? String(text.dropLast()) : text) + path
    }
}
