/// Jobs whose worker is lost.
enum Stalls {
    /// A job that lost its worker more often than this is given up: it may be what ends them.
    ///
    /// A worker that dies takes all that it had in hand with it, and those come first when another one begins: a few deaths
    /// in a row hit the same jobs, of which one at the most is to blame.
    static let most = 5
    static let problem =
        "The worker stopped answering \(most + 1) times while it did this job: it may be what stops it."
}
