import Dispatch

extension PostgresDatabase {
    /// The lock is an advisory one of a session of its own, so the server ends it when the process dies.
    package func alone<T: Sendable>(upTo limit: Duration, _ work: () async throws -> T) async throws -> T {
        let slot = PostgresSlot()
        let (address, settings, troubles, name) = (address, settings, troubles, name)
        let problem = await slot.perform { link -> SQLError? in
            do throws(PostgresFailure) {
                let fresh = try PostgresLink(
                    address,
                    settings: settings,
                    troubles: troubles,
                    patience: settings.patience
                )
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
}
