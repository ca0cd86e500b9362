import ArgumentParser
import Deploy
import Operations

/// Does what the plan says.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Show the plan, ask, and do it.",
        discussion: """
            A run that was cut short is gone on with by the same command. Exits with 1 where something is left to do, be it \
            for a person or because a question was not answered with yes.
            """
    )

    @Flag(help: "Do not ask.")
    var yes = false

    @Option(
        help: ArgumentHelp(
            "Do nothing unless the plan has this fingerprint, which “plan” prints: so that what was looked at is what is done.",
            valueName: "fingerprint"
        )
    )
    var plan: String?

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            var isBegun = false
            let rest = try await site.deployment.apply(
                agree: { plan in
                    defer { isBegun = true }
                    return try agree(to: plan, isBegun: isBegun)
                },
                tell: RunProgress()
            )
            guard let rest else {
                StandardOutput.write("Nothing was done.")
                throw ExitCode(1)
            }
            StandardOutput.write(rest.text)
            guard rest.isDone else { throw ExitCode(1) }
        }
    }

    /// `isBegun`: something was done already, which showed that more has to be done than was known before.
    private func agree(to shown: Plan, isBegun: Bool) throws -> Bool {
        StandardOutput.write(shown.text)
        if let plan, plan != shown.fingerprint {
            let done =
                isBegun ? "What was done before it stays, and nothing of it was done." : "This run changed nothing."
            throw Failure(
                .failed,
                "The plan is another one now: its fingerprint is \(shown.fingerprint), not \(plan). \(done) Look at it, and "
                    + "give its fingerprint."
            )
        }
        return try yes || Question.isAnsweredYes("Shall this be done? Type yes:", otherwise: "--yes")
    }
}
