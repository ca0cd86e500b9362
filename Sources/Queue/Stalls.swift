/// Jobs whose worker is lost.
enum Stalls {
    /// A job that lost its worker more often than this is given up.
    static let most = 3
    static let problem =
        "The worker stopped answering \(most + 1) times while it did this job: it may be what stops it."
}
