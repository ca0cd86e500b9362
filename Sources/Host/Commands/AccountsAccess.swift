import Logging
import Monitoring
import Operations
import SQL

extension Settings {
    /// Opens the database for one piece of work on the accounts.
    ///
    /// Errors of the use cases come out as failures with their sentences.
    func withAccounts<T: Sendable>(_ work: @Sendable (Accounts) async throws -> T) async throws -> T {
        let storage = try Storage(data, logger: Logger(label: "host"))
        let result: Result<T, any Error>
        do {
            try await storage.prepare()
            result = .success(try await work(Accounts(database: storage.database, now: SystemClock.now)))
        } catch {
            result = .failure(Self.explained(error))
        }
        await storage.database.close()
        return try result.get()
    }

    private static func explained(_ error: any Error) -> any Error {
        switch error as? RequestError {
        case .notFound(let why), .invalid(_, let why), .conflict(let why, _), .forbidden(let why), .tooMany(let why, _):
            Failure(.failed, why)
        case .signInNeeded, nil: error
        }
    }
}
