/// To which digest the applications would go back, and which of them have to.
package struct RollbackPlan: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package let role: ApplicationRole
        /// Coolify's.
        let id: String
        let note: CoolifyNote
    }

    let environment: String
    /// With its tag, as it is wished for.
    let image: String
    /// 64 hexadecimal digits.
    package let digits: String
    /// In the order in which they are done; empty where each runs that digest.
    package let steps: [Step]

    /// As people read it.
    package var text: String {
        let short = ApplicationImage.short(digits)
        guard !steps.isEmpty else { return "Each application of “\(environment)” runs \(short) already." }
        let lines = steps.map { step in
            "  ~ \(step.role.rawValue): from \(step.note[.image].map(ApplicationImage.short) ?? "what it runs") to \(short)"
        }
        return
            (["Rollback of “\(environment)” to \(short):"] + lines + [
                "Settings, variables and data stay as they are. A version that is too old for the database refuses to start, and "
                    + "then the one that runs keeps serving.",
                "As long as \(image) is the newer version, the next plan wants to go forward again.",
            ]).joined(separator: "\n")
    }
}
