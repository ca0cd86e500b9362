/// One place to run, as the file has it.
struct EnvironmentEntry: Hashable, Sendable {
    let name: String
    /// A plugin's id.
    var provider = ""
    /// Of the plugin.
    var options: [String: String] = [:]
    /// The environment variable that holds each secret option of the plugin.
    var secrets: [String: String] = [:]
    var cpus = 2
    var memoryMiB = 4096
    var diskGiB = 40
    /// Of Ubuntu.
    var release = "22.04"
    /// The public key that root of the machine gets; `~/` is the home of whoever runs the command.
    var sshKey = "~/.ssh/id_ed25519.pub"
    var coolify = Coolify()
    var image = Image()
    var postgres = Limits()
    var redis = Limits()
    /// By role.
    var applications: [String: Limits] = [:]
    /// Empty where sslip.io has the name.
    var domain = ""
    /// For every application.
    var variables: [String: String] = [:]
    /// For every application: the environment variable of this machine that holds the value.
    var secretVariables: [String: String] = [:]
    /// `owner/name` on GitHub; empty where no pipeline is told anything.
    var repository = ""

    /// Whether the applications name the digest that was planned: a pipeline deploys what they name, so where there is one
    /// they name the tag.
    var isPinned: Bool { image.isPinned ?? repository.isEmpty }

    /// Of the image: the workflow gives each branch its own.
    var tag: String { image.tag.isEmpty ? (name == "staging" ? "dev" : Self.pipelineTag) : image.tag }

    /// What the workflow moves before it deploys.
    static let pipelineTag = "latest"

    /// Whether there is more to it than a machine.
    var hasApplications: Bool { !image.name.isEmpty }

    struct Coolify: Hashable, Sendable {
        var version = ""
        var adminEmail = ""
        var installer = ""
        var installerSHA256 = ""
    }

    struct Image: Hashable, Sendable {
        var name = ""
        var tag = ""
        /// nil where nothing is said.
        var isPinned: Bool?
        var user = ""
        /// The environment variable that holds the password or token.
        var passwordVariable = ""
        var isPlain = false
    }

    /// Empty where the usual ones will do.
    struct Limits: Hashable, Sendable {
        var image = ""
        /// As Docker writes it: `1g`.
        var memory = ""
    }
}
