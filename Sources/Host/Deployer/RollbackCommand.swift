import ArgumentParser
import Deploy
import Model
import Operations

/// Brings the image back that ran before.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Deploy the image that ran before, in every application.",
        discussion: """
            Each application has to be healthy before the next one's turn, and until then what runs keeps serving. Settings, \
            variables and data stay as they are.
            """
    )

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            let isDone = try await site.deployment.work("rollback", isDone: { $0 }) { mark, secrets in
                let (_, work) = try await site.workshop(mark, secrets)
                let rollback = Rollback(work)
                let plan = try await rollback.plan()
                StandardOutput.write(plan.text)
                guard !plan.steps.isEmpty else { return true }
                guard try yes || Question.isAnsweredYes("Shall this be done? Type yes:", otherwise: "--yes") else {
                    return false
                }
                let progress = RunProgress()
                try await rollback.perform(plan) { progress.waits($0) }
                return true
            }
            StandardOutput.write(isDone ? "Done." : "Nothing was done.")
            guard isDone else { throw ExitCode(1) }
        }
    }
}
