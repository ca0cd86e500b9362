import Deploy

/// What the verbs of one run work with.
struct Workshop: Sendable {
    /// In the order in which they build on each other.
    let stages: [any Stage]
    /// What the stages found when they were last looked at.
    let discoveries: Discoveries
    let machine: EnvironmentMachine
    /// What is done by Coolify's API; nil for a machine alone.
    let work: CoolifyWorkplace?

    /// That of the applications.
    func database() throws -> DatabaseContainer {
        guard let url = discoveries.found.postgresURL, let database = DatabaseContainer(url: url) else {
            throw DeployError("The applications' database was not found. “plan” says what is missing.")
        }
        return database
    }
}
