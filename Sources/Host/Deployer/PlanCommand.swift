import ArgumentParser
import Deploy

/// Shows what would be done.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Look at what is there and show what “apply” would do; changes nothing.",
        discussion: "+ is created, ~ is changed, - is destroyed, ! needs a person."
    )

    @Flag(help: "Print one JSON object instead of a text.")
    var json = false

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            let plan = try await site.deployment.plan()
            if json { return StandardOutput.write(try plan.json()) }
            StandardOutput.write(plan.text)
            if !plan.isDone { StandardOutput.write("The plan's fingerprint is \(plan.fingerprint).") }
        }
    }
}
