import Model

extension CoolifyAPI {
    package func database(_ id: String) async throws -> CoolifyDatabase {
        let purpose = "say how a database is"
        guard let database = CoolifyDatabase(try await read("/databases/\(id)", purpose)) else {
            throw CoolifyTrouble.unreadable(purpose)
        }
        return database
    }

    /// `kind` is `postgresql` or `redis`.
    ///
    /// Look for it first, and look again where this is `unknown`: Coolify makes as many as are asked for.
    func makeDatabase(_ kind: String, _ fields: [String: CoolifyValue]) async throws -> Outcome {
        try await outcome(
            of: Call(
                method: .post,
                path: "/databases/\(kind)",
                purpose: "make a \(kind) database",
                body: .object(fields),
                isRepeatable: false
            )
        )
    }

    func changeDatabase(_ id: String, _ fields: [String: CoolifyValue]) async throws {
        _ = try await answer(
            to: Call(
                method: .patch,
                path: "/databases/\(id)",
                purpose: "change \(fields.keys.sorted().joined(separator: ", ")) of a database",
                body: .object(fields)
            )
        )
    }

    /// Asks for it to be started, which happens later; one that runs is left as it is.
    func startDatabase(_ id: String) async throws {
        // 400 says that it runs already.
        _ = try await answer(
            to: Call(method: .post, path: "/databases/\(id)/start", purpose: "start a database", accepted: [400])
        )
    }

    /// Asks for it to be stopped and started, which happens later; its data stay.
    func restartDatabase(_ id: String) async throws {
        _ = try await answer(to: Call(method: .post, path: "/databases/\(id)/restart", purpose: "restart a database"))
    }

    /// Asks for it to be stopped, which happens later; its data stay.
    func stopDatabase(_ id: String) async throws {
        // 400 says that it is stopped already.
        _ = try await answer(
            to: Call(
                method: .post,
                path: "/databases/\(id)/stop?docker_cleanup=false",
                purpose: "stop a database",
                accepted: [400]
            )
        )
    }

    /// The last lines of what it wrote; empty where it does not run.
    func databaseLog(_ id: String, lines: Int) async throws -> [String] {
        let value = try await find("/databases/\(id)/logs?lines=\(lines)", "show a database's log", accepted: [400])
        return Self.lines(value)
    }

    static func lines(_ answer: CoolifyValue?) -> [String] {
        (answer?["logs"]?.word ?? "").split(whereSeparator: \.isNewline).map(String.init)
    }
}
