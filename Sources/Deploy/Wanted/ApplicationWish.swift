/// One application of an environment: the image in one role.
package struct ApplicationWish: Hashable, Sendable {
    package let role: ApplicationRole
    /// The most that it may take, as Docker writes it: `1g`.
    package var memory: String

    package init(_ role: ApplicationRole, memory: String? = nil) {
        self.role = role
        self.memory = memory ?? (role == .scheduler ? "256m" : "512m")
    }
}

/// What one application of the image does, as `HOST_ROLE` says it.
package enum ApplicationRole: String, Hashable, Sendable, CaseIterable {
    case web, worker, scheduler
}
