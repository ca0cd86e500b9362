import Model

extension CoolifyAPI {
    package func application(_ id: String) async throws -> CoolifyApplication {
        let purpose = "say how an application is"
        guard let application = CoolifyApplication(try await read("/applications/\(id)", purpose)) else {
            throw CoolifyTrouble.unreadable(purpose)
        }
        return application
    }

    /// Look for it first, and look again where this is `unknown`: Coolify makes as many as are asked for.
    func makeApplication(_ name: String, _ fields: [String: CoolifyValue]) async throws -> Outcome {
        try await outcome(
            of: Call(
                method: .post,
                path: "/applications/dockerimage",
                purpose: "make the application “\(name)”",
                body: .object(fields),
                isRepeatable: false
            )
        )
    }

    func changeApplication(_ id: String, _ fields: [String: CoolifyValue]) async throws {
        _ = try await answer(
            to: Call(
                method: .patch,
                path: "/applications/\(id)",
                purpose: "change \(fields.keys.sorted().joined(separator: ", ")) of an application",
                body: .object(fields)
            )
        )
    }

    /// Without the twins for previews.
    package func variables(of application: String) async throws -> [CoolifyVariable] {
        try await list("/applications/\(application)/envs", "list an application's variables")
            .compactMap { CoolifyVariable($0) }.filter { !$0.isPreview }
    }

    /// Sets the variables, those that are there too; they count from the next deployment on.
    func setVariables(_ values: [String: String], of application: String) async throws {
        let data = values.sorted { $0.key < $1.key }.map { key, value in
            // Each flag is said, for what is not said is set back.
            CoolifyValue.object([
                "key": .text(key),
                "value": .text(value),
                "is_literal": true,
                "is_multiline": false,
                "is_shown_once": false,
                "is_preview": false,
                "is_runtime": true,
                "is_buildtime": false,
            ])
        }
        _ = try await answer(
            to: Call(
                method: .patch,
                path: "/applications/\(application)/envs/bulk",
                purpose: "set the variables \(values.keys.sorted().joined(separator: ", "))",
                body: .object(["data": .list(data)])
            )
        )
    }

    /// One that is gone already is fine.
    func removeVariable(_ variable: CoolifyVariable, of application: String) async throws {
        _ = try await answer(
            to: Call(
                method: .delete,
                path: "/applications/\(application)/envs/\(variable.id)",
                purpose: "remove the variable \(variable.key)",
                accepted: [404]
            )
        )
    }

    /// The last lines of what it wrote, oldest first; nil where it does not run.
    package func applicationLog(_ id: String, lines: Int, timed: Bool = false) async throws -> [String]? {
        let path = "/applications/\(id)/logs?lines=\(lines)" + (timed ? "&show_timestamps=true" : "")
        // 400 says that it does not run.
        return try await find(path, "show an application's log", accepted: [400]).map { Self.lines($0) }
    }

    /// Asks for it to be stopped, which happens later.
    func stopApplication(_ id: String) async throws {
        _ = try await answer(
            to: Call(
                method: .post,
                path: "/applications/\(id)/stop?docker_cleanup=false",
                purpose: "stop an application",
                accepted: [400]
            )
        )
    }
}
