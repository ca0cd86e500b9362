import ArgumentParser
import Deploy
import Operations

/// Lets the first person in.
struct InviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Print a link by which somebody makes an account at the web application.",
        discussion:
            "The link works once and for an hour. It is made by “host user invite” in the application's container."
    )

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            let (workshop, work) = try await site.lookedAt()
            StandardOutput.write(try await Invitation(work, workshop.machine).make())
        }
    }
}
