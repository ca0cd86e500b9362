package import SQL

private let subject = "pages"

extension Database {
    /// Says in all processes that something may have changed that pages show.
    package func announcePageNews() async throws { try await transaction { try $0.announce(subject) } }

    /// One for each time that another process said so, and when the connection is there again after it was away.
    ///
    /// Ends at once where no other process can tell.
    package var pageNews: AsyncStream<Void> { announcements(of: subject) }
}
