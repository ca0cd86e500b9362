import Synchronization

/// What the stages of one survey found out, for those after them; each survey finds it out anew.
package final class Discoveries: Sendable {
    package struct Content: Sendable {
        /// Where the machine may be reached, the most likely first.
        package var addresses: [String] = []
        /// Where it was reached.
        package var address: String?
        /// Of the machine, as `uname -m` says it: `x86_64`.
        package var architecture: String?
        /// Of the image, `sha256:…`.
        package var digest: String?
        /// Of the image when this run looked first.
        package var plannedDigest: String?
        /// Coolify's ids of project, environment and server.
        package var place: Place?
        /// As the applications reach it.
        package var postgresURL: String?
        /// As the applications reach it.
        package var redisURL: String?
        /// Coolify's ids of the applications.
        package var applications: [ApplicationRole: String] = [:]
    }

    /// Where in Coolify something is made, by its ids.
    package struct Place: Hashable, Sendable {
        package let project: String
        package let environment: String
        package let server: String

        package init(project: String, environment: String, server: String) {
            self.project = project
            self.environment = environment
            self.server = server
        }
    }

    private let content = Mutex(Content())

    package init() {}

    package var found: Content { content.withLock { $0 } }

    package func note(_ change: (inout Content) -> Void) { content.withLock { change(&$0) } }
}
