/// What a test tells the fake Coolify, which reads it again at each request: `coolify/control.py` says what each means.
package struct CoolifyControl: Codable, Sendable {
    /// What goes wrong with the next calls of one kind.
    package struct Trouble: Codable, Sendable {
        /// What happens instead of an answer.
        ///
        /// `answer`: another one, and it is not done. `lostBefore`, `lostAfter`: the connection ends without one, before
        /// it is done or after. `hang`: none comes.
        package enum How: String, Codable, Sendable {
            case answer, lostBefore, lostAfter, hang
        }

        /// It is counted by this.
        package var id: String
        /// nil: any.
        package var method: String?
        /// A regular expression that is looked for in the path behind /api/v1.
        package var path: String
        package var times: Int
        package var how: How
        package var status: Int
        package var body: [String: String]
        package var headers: [String: String]

        package init(
            _ method: String? = nil,
            _ path: String,
            how: How = .answer,
            status: Int = 500,
            body: [String: String] = ["message": "Server Error"],
            headers: [String: String] = [:],
            times: Int = 1
        ) {
            id = String(UInt64.random(in: .min ... .max), radix: 16)
            self.method = method
            self.path = path
            self.how = how
            self.status = status
            self.body = body
            self.headers = headers
            self.times = times
        }
    }

    /// What a registry has of one image.
    package struct Image: Codable, Sendable {
        package var tags: [String]
        /// `sha256:…`.
        package var digests: [String]

        package init(tags: [String] = [], digests: [String] = []) {
            self.tags = tags
            self.digests = digests
        }
    }

    package var troubles: [Trouble] = []
    /// A minute and user; Coolify's own is 200.
    package var rateLimit = 1_000_000
    /// How many looks a kind of work takes: `database`, `deployment`, `deletion`, `backup`, `status`.
    package var looks = ["database": 2, "deployment": 2, "deletion": 1, "backup": 1, "status": 1]
    /// How many seconds it takes besides.
    package var seconds: [String: Double] = [:]
    /// By name; nil: each image is there.
    package var images: [String: Image]?
    /// Whether images are asked for at their registries, by plain HTTP.
    package var pulls = false
    /// Names, ids or tags of applications that never get healthy.
    package var neverHealthy: [String] = []
    /// Names of databases whose container does not come before they are started by hand.
    package var lazyDatabases: [String] = []
    /// Names of databases that never run.
    package var deadDatabases: [String] = []
    package var diskFull = false
    /// Another one than was asked for.
    package var version: String?
    /// How many looks until it says that it is healthy; -1: it never does.
    package var healthAfter = 0
    package var queueLimit = 25
    /// Whether each variable of an application gets a copy for previews, which Coolify's lists show too.
    package var previewCopies = true

    /// Whether containers really run; only on a machine that has their program.
    var runtime: Runtime?

    struct Runtime: Codable {}

    package init() {}
}
