/// The environment variables of every application, as they are and as they should be.
package struct VariableList: Sendable {
    private let work: CoolifyWorkplace

    package init(_ work: CoolifyWorkplace) { self.work = work }

    /// One variable of one application.
    package struct Line: Hashable, Sendable {
        package let role: ApplicationRole
        package let key: String
        /// As people read it: `as it should be`, `is “a” and should be “b”`, `differs`.
        package let standing: String
        /// Whether it is as it should be, or nobody's business.
        package let isFine: Bool
        /// nil where nobody may see it.
        package let value: String?
    }

    /// By role and key.
    package func lines() async throws -> [Line] {
        // The databases are in two of them.
        if work.discoveries.found.postgresURL == nil { _ = try await DatabasesStage(work).survey() }
        let found = work.discoveries.found
        guard let postgres = found.postgresURL, let redis = found.redisURL,
            let machine = found.address ?? found.addresses.first
        else { throw DeployError("The databases are not there yet. Run “\(work.resumption)”.") }
        let address = PublicAddress(domain: work.wish.domain, address: machine).web
        let applications = try await work.applications()
        var lines: [Line] = []
        for role in work.wish.applications.map(\.role) {
            guard let application = applications[role] else { continue }
            let wanted = ApplicationVariables(
                role,
                address: address,
                postgres: postgres,
                redis: redis,
                work.wish.variables
            )
            let live = try await work.api.variables(of: application.id)
            lines += VariableDrift(live, wanted, isTrusted: false).entries.map { Line(role, $0) }
        }
        return lines
    }
}

extension VariableList.Line {
    fileprivate init(_ role: ApplicationRole, _ entry: VariableDrift.Entry) {
        self.role = role
        key = entry.key
        value = entry.found
        isFine = entry.standing == .same || entry.standing == .foreign
        standing =
            switch entry.standing {
            case .same: "as it should be"
            case .missing: "missing"
            case .unwanted: "wanted no more"
            case .foreign: "not the deployer's"
            case .different:
                if let found = entry.found, let wanted = entry.wanted, found != wanted {
                    "is “\(found)” and should be “\(wanted)”"
                } else {
                    "differs"
                }
            }
    }
}
