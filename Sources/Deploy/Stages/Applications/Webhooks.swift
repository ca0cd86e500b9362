/// The addresses by which a pipeline deploys an application: a POST with a token that may deploy.
package enum Webhooks {
    /// `root` is where Coolify is reached from outside: `https://coolify.prices.example.com`.
    package static func addresses(
        _ root: String,
        _ applications: [ApplicationRole: String]
    ) -> [ApplicationRole: String] {
        applications.mapValues { "\(root)/api/v1/deploy?uuid=\($0)&force=false" }
    }
}
