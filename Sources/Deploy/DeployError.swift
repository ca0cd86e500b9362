/// Why the deployer stopped.
package struct DeployError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What thing, what is wrong and what to do, for a person; holds no secret.
    package let description: String

    /// `description` is what a person reads.
    package init(_ description: String) {
        self.description = description
    }

    package static func nothingThere(_ environment: String) -> DeployError {
        DeployError("There is nothing of “\(environment)” yet. Make it with “apply”.")
    }
}
