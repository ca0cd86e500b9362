/// Does the work, or cancels it after `limit`, waits for its end and throws.
package func withDeadline<T: Sendable, Late: Error>(
    _ limit: Duration,
    orThrow late: Late,
    _ work: @escaping @Sendable () async throws -> T
) async throws -> T {
    try await withThrowingTaskGroup(of: T?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else { throw late }
        return result
    }
}
