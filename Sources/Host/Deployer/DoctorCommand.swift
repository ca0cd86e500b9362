import ArgumentParser
import Deploy
import FoundationEssentials
import Model
import Operations
import PluginAPI

/// Says what keeps the deployer from working here.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what keeps an environment from being worked on here, and what to do about it.",
        discussion: """
            Looks for OpenSSH's programs and the key, asks the provider, asks GitHub where a repository is named, and knocks at \
            the machine where there is one. Exits with 1 where something is in the way.
            """
    )

    @Flag(help: "Print one JSON object instead of a text.")
    var json = false

    @OptionGroup var options: DeployerOptions

    func run() async throws {
        try await options.site { site in
            let (findings, hasMachine) = await Self.examine(site)
            let isFine = !findings.contains { $0.weight == .blocking }
            if json {
                StandardOutput.write(Self.report(options.environment, findings, isFine: isFine).line)
            } else {
                for finding in findings { StandardOutput.write("\(finding.weight.rawValue): \(finding)") }
                if isFine { StandardOutput.write(Self.comfort(options.environment, hasMachine: hasMachine)) }
            }
            guard isFine else { throw ExitCode(1) }
        }
    }

    /// What was found, and whether there is a machine that answered.
    private static func examine(_ site: DeployerSite) async -> ([ProviderFinding], hasMachine: Bool) {
        let doctor = Doctor(run: ProcessRunner.run, path: ProcessInfo.processInfo.environment["PATH"] ?? "")
        var findings = doctor.programs()
        findings += await doctor.key(site.key)
        findings += await site.provider.diagnose()
        if let repository = site.wish?.repository?.name { findings += await doctor.gitHub(repository) }
        // Where something else is in the way, that nobody answers says nothing.
        guard !findings.contains(where: { $0.weight == .blocking }) else { return (findings, false) }
        do {
            let addresses = try await site.addresses()
            return (findings + (await doctor.knock(at: addresses)), !addresses.isEmpty)
        } catch let error as ProviderError {
            return (findings + [.init(.blocking, error.thing, error.problem, remedy: error.remedy)], false)
        } catch {
            return (findings + [.init(.blocking, "The machine", "could not be looked for", remedy: "\(error)")], false)
        }
    }

    private static func comfort(_ environment: String, hasMachine: Bool) -> String {
        guard !hasMachine else {
            return "Nothing keeps “\(environment)” from working here; its machine answers at port 22."
        }
        return
            "Nothing keeps “\(environment)” from working here. Whether port 22 of its machine can be reached from this network "
            + "shows once there is one."
    }

    private static func report(_ environment: String, _ findings: [ProviderFinding], isFine: Bool) -> JSON {
        [
            "environment": .string(environment), "isFine": .bool(isFine),
            "findings": .array(
                findings.map { finding in
                    [
                        "weight": .string(finding.weight.rawValue), "thing": .string(finding.thing),
                        "problem": .string(finding.problem), "remedy": .string(finding.remedy),
                    ]
                }
            ),
        ]
    }
}
