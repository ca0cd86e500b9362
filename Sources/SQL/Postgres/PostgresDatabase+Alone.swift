import Dispatch

extension PostgresDatabase {
    /// The lock is an advisory one of a session of its own, so the server ends it when the process dies.
    package func alone<T: Sendable>(upTo limit: Duration, _ work: () async throws -> T) async throws -> T {
        let slot = PostgresSlot()
        let (address, settings, name) = (address, settings, name)
        let problem = await slot.perform { link -> SQLError? in
            do throws(PostgresFailure) {
                let fresh = try PostgresLink(address, settings: settings, patience: settings.patience)
                link = fresh
                let milliseconds = max(1, Int(limit / .milliseconds(1)))
                _ = try fresh.run(
                    [
                        PostgresCommand("SET statement_timeout = 0"),
                        PostgresCommand("SET lock_timeout = \(milliseconds)"),
                        PostgresCommand("SELECT pg_advisory_lock(hashtextextended(current_schema() || ' change', 0))"),
                    ],
                    until: .now + limit + settings.patience
                )
                return nil
            } catch {
                return Self.explain(error, address)
            }
        }
        if let problem {
            await end(slot)
            if case .busy = problem {
                throw SQLError.busy(
                    "Another program changes or copies the database “\(name)” and was not done in time: wait, or end it."
                )
            }
            throw problem
        }
        do {
            let result = try await work()
            await end(slot)
            return result
        } catch {
            await end(slot)
            throw error
        }
    }

    private func end(_ slot: PostgresSlot) async {
        await slot.perform { link in
            link?.close()
            link = nil
        }
    }

    static func explain(_ failure: PostgresFailure, _ address: PostgresAddress) -> SQLError {
        if case .lost(let why) = failure, let error = SQLError.refusedEntry(why, address) { return error }
        return SQLError(failure, database: address.name)
    }
}

extension SQLError {
    /// When the server was reached and would not let us in, which waiting does not change; nil for any other reason.
    static func refusedEntry(_ why: String, _ address: PostgresAddress) -> SQLError? {
        let remedies = [
            ("password authentication failed", "Check user and password in database.url."),
            ("no password supplied", "Set a password in database.url, or name a file with it in DATABASE_URL_FILE."),
            ("no pg_hba.conf entry", "Let this user connect from this machine in the server's pg_hba.conf."),
            ("role \"", "Make the user, or name another one in database.url."),
            ("database \"", "Make the database with “createdb”, or name another one in database.url."),
            ("authentication failed", "Check user and password in database.url."),
            ("permission denied for database", "Give the user CONNECT on the database."),
            ("certificate", "Check sslmode and sslrootcert in database.url."),
            (
                "server does not support SSL",
                "Set sslmode=prefer or sslmode=disable in database.url, or TLS up on the server."
            ),
        ]
        guard let (_, remedy) = remedies.first(where: { why.contains($0.0) }) else { return nil }
        return .open("The database “\(address.name)” can't be opened: \(why). \(remedy)")
    }
}
