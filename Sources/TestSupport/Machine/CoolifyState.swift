/// All that the fake Coolify remembers, each list oldest first.
package struct CoolifyState: Codable, Sendable {
    package struct Project: Codable, Sendable {
        package let uuid: String
        package let name: String
        package let description: String?
    }

    package struct Environment: Codable, Sendable {
        package let uuid: String
        package let name: String
    }

    package struct Database: Codable, Sendable {
        package let uuid: String
        package let name: String
        package let description: String?
        package let status: String
        package let image: String
        /// `postgresql` or `redis`.
        package let kind: String
        package let volume: String
        /// With its password.
        package let url: String
    }

    /// What serves of an application.
    package struct Container: Codable, Sendable {
        package let name: String
        /// With the tag, or the digest's digits, behind the last colon.
        package let image: String
        package let variables: [String: String]
        /// Of the image as it was pulled; nil where no registry was asked.
        package let digest: String?
    }

    package struct Application: Codable, Sendable {
        package let uuid: String
        package let name: String
        package let description: String?
        package let status: String
        package let fqdn: String?
        package let imageName: String
        package let imageTag: String
        package let container: Container?
        /// As they are set, which the container may not have yet.
        package let variables: [String: String]
    }

    package struct Deployment: Codable, Sendable {
        package let uuid: String
        package let status: String
        /// The id.
        package let application: String
        /// A list, as JSON.
        package let logs: String
    }

    package struct Backup: Codable, Sendable {
        package let uuid: String
        /// The id.
        package let database: String
        package let frequency: String
    }

    package struct Execution: Codable, Sendable {
        package let backup: String
        package let filename: String
        package let status: String
    }

    package struct Token: Codable, Sendable {
        package let name: String
        package let abilities: [String]
    }

    package let projects: [Project]
    package let environments: [Environment]
    package let databases: [Database]
    package let applications: [Application]
    package let deployments: [Deployment]
    package let volumes: [String]
    package let backups: [Backup]
    package let executions: [Execution]
    package let tokens: [Token]
    /// Their addresses.
    package let users: [String]
    /// Of the instance: `fqdn`, and `is_…` as 0 or 1.
    package let settings: [String: String?]
    /// How many works are not done.
    package let unfinished: Int
}
