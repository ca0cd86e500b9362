package import Model

/// Puts an environment's data back while its applications stand still.
package struct Restoration: Sendable {
    private let backup: EnvironmentBackup
    private let applications: ApplicationSwitch

    package init(_ backup: EnvironmentBackup, _ applications: ApplicationSwitch) {
        self.backup = backup
        self.applications = applications
    }

    /// Gives the file on the machine that holds what was there before.
    ///
    /// The archive at `path` is brought to the machine and read through there before anything is stopped for it. Where it is
    /// not put back after all, the applications are started with what is there.
    package func perform(
        from path: String,
        at now: Timestamp,
        begin: @escaping @Sendable (String) -> Void,
        say: @escaping @Sendable (String) -> Void
    ) async throws -> String {
        begin("the backup is looked at")
        try await backup.prepare(from: path, say)
        begin("the applications are stopped")
        let before: String
        do {
            try await applications.stop(say: say)
            say("the database is put back")
            before = try await backup.putBack(at: now)
        } catch {
            // Whatever went wrong, what is there can serve.
            do {
                try await backup.discard()
                try await applications.start(say: say)
            } catch let other {
                throw DeployError(
                    "\(error)\nThe applications are stopped and could not be started again: \(other) “apply” starts them."
                )
            }
            throw error
        }
        begin("the applications are started")
        try await applications.start(say: say)
        return before
    }
}
