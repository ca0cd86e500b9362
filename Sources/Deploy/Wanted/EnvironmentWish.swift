/// What an environment should be, as its operator wrote it down; the machine itself is described by `MachineRequest`.
package struct EnvironmentWish: Hashable, Sendable {
    package var coolify: CoolifyWish
    package var image: ImageWish
    package var postgres: DatabaseWish
    package var redis: DatabaseWish
    /// By role, in the order in which they are deployed.
    package var applications: [ApplicationWish]
    /// The name under which people reach the web application; nil for one that sslip.io answers with the address in it.
    package var domain: String?
    /// For every application, by name: `HOST_SMTP_FROM`.
    package var variables: [String: Variable]
    /// nil: the repository on GitHub is left alone.
    package var repository: Repository?

    package init(
        coolify: CoolifyWish,
        image: ImageWish,
        postgres: DatabaseWish = .postgres,
        redis: DatabaseWish = .redis,
        applications: [ApplicationWish] = ApplicationRole.allCases.map { ApplicationWish($0) },
        domain: String? = nil,
        variables: [String: Variable] = [:],
        repository: Repository? = nil
    ) {
        self.coolify = coolify
        self.image = image
        self.postgres = postgres
        self.redis = redis
        self.applications = applications
        self.domain = domain
        self.variables = variables
        self.repository = repository
    }

    /// The value of one environment variable of the applications.
    package struct Variable: Hashable, Sendable {
        package let value: String
        /// Whether nobody may see it.
        package let isSecret: Bool

        package init(_ value: String, isSecret: Bool = false) {
            self.value = value
            self.isSecret = isSecret
        }
    }

    /// A repository on GitHub whose workflow deploys.
    package struct Repository: Hashable, Sendable {
        /// `owner/name`.
        package let name: String

        package init(_ name: String) { self.name = name }
    }
}
