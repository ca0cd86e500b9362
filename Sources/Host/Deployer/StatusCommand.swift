import ArgumentParser
import Deploy
import Model
import Operations

/// Shows what there is.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what there is of an environment, and the last runs.",
        discussion: "Exits with 1 where something is not as it should be; “plan” says what."
    )

    @Flag(help: "Print one JSON object instead of a text.")
    var json = false

    @OptionGroup var options: DeployerOptions

    private static let mostRuns = 5

    func run() async throws {
        try await options.site { site in
            let plan = try await site.deployment.plan()
            let holder = site.deployment.holder()
            let entries = try Journal.entries(of: site.deployment.journalPath)
            let runs = RecordedRun.all(in: entries, isAtWork: holder != nil).suffix(Self.mostRuns)
            if json {
                StandardOutput.write(Self.report(plan, Array(runs), holder).line)
            } else {
                try show(plan, of: site)
                for run in runs { StandardOutput.write(run.line) }
                if let holder { StandardOutput.write("At work: \(holder).") }
                StandardOutput.write(plan.summary)
            }
            guard plan.isDone else { throw ExitCode(1) }
        }
    }

    private func show(_ plan: Plan, of site: DeployerSite) throws {
        for part in plan.parts {
            for fact in part.survey.facts { StandardOutput.write("\(part.stage) \(fact.name): \(fact.value)") }
        }
        if site.wish != nil, try site.deployment.currentSecrets() != nil {
            StandardOutput.write("coolify password: in \(site.deployment.secretsPath), with all other generated ones")
        }
    }

    private static func report(_ plan: Plan, _ runs: [RecordedRun], _ holder: String?) -> JSON {
        [
            "environment": .string(plan.environment), "isDone": .bool(plan.isDone), "summary": .string(plan.summary),
            "atWork": JSON(holder),
            "stages": .array(
                plan.parts.map { part in
                    [
                        "name": .string(part.stage),
                        "facts": .object(part.survey.facts.map { JSON.Member($0.name, .string($0.value)) }),
                    ]
                }
            ),
            "runs": .array(runs.map(\.json)),
        ]
    }
}
