/// What an installation keeps its data and its jobs in.
enum Footing: CaseIterable, Sendable {
    /// One file for both.
    case sqlite
    /// One server for both.
    case postgres
    /// A server for each.
    case postgresAndRedis
}
