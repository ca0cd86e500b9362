import Logging
import Moving
import SQL

extension Settings {
    /// Opens the database for moving something out of it or into it; with `creates` makes it where it is missing.
    ///
    /// Errors come out as failures with their sentences.
    func withDatabase<T: Sendable>(
        creates: Bool = true,
        _ work: @Sendable (any Database) async throws -> T
    ) async throws -> T {
        // An index over ten million rows takes minutes.
        let storage = try Storage(
            data,
            logger: Logger(label: "host"),
            creates: creates,
            longestStatement: .seconds(4 * 3600)
        )
        let result: Result<T, any Error>
        do {
            try await storage.prepare()
            result = .success(try await work(storage.database))
        } catch let error as MovingError {
            result = .failure(Failure(.failed, error.description))
        } catch {
            result = .failure(error)
        }
        await storage.database.close()
        return try result.get()
    }
}
