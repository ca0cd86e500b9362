import PluginAPI

/// Makes the changes, each looking first at what is there.
struct Work {
    let request: MachineRequest
    let network: String
    let client: Client
    let progress: @Sendable (String) -> Void

    private static let step = Duration.seconds(5)
    /// How long Multipass is given for an image and a first start.
    private static let launchSeconds = 900
    /// How often a new machine is knocked at.
    private static let knocks = 6

    private var name: String { request.mark.text }
    private var thing: String { "The instance “\(name)”" }

    // MARK: From nothing

    func makeInstance() async throws(ProviderError) {
        if let instance = try await client.instance(name) {
            guard instance.state != "Deleted" else {
                throw ProviderError(
                    thing,
                    "is deleted but not purged",
                    remedy: "Make a new plan: it brings it back. Or purge it: “multipass delete --purge \(name)”."
                )
            }
            if instance.isOff { try await startUp() }
        } else {
            try await launch()
        }
        try await waitUntilReady()
    }

    /// Launches once; whatever goes on in Multipass's daemon afterwards is waited for, never begun a second time.
    private func launch() async throws(ProviderError) {
        progress("Multipass gets the image and starts the instance.")
        var arguments = ["launch", request.release, "--name", name, "--cpus", "\(request.cpus)"]
        arguments += ["--memory", "\(request.memoryMiB)M", "--disk", "\(request.diskGiB)G"]
        if !network.isEmpty { arguments += ["--network", "name=\(network)"] }
        arguments += ["--cloud-init", "-", "--timeout", "\(Self.launchSeconds)"]
        // The program ends by its own limit, which is per phase; this is for one that hangs.
        let deadline = Duration.seconds(Self.launchSeconds * 2)
        guard let answer = try await client.call(arguments, input: CloudInit(key: request.key).text, deadline: deadline)
        else {
            progress("Multipass did not end in time; the instance is waited for.")
            return
        }
        if answer.exitCode == 0 { return }
        // 5: its own time limit. The instance stays, and cloud-init goes on in it.
        if answer.exitCode == 5 || answer.says("imed out waiting") || answer.says("is being prepared")
            || answer.says("already exists")
        {
            progress("\(answer.complaint) The instance is waited for.")
            return
        }
        guard answer.says("image hash does not match") else {
            throw Trouble.failed(["launch", request.release, "--name", name], answer)
        }
        throw ProviderError(
            "The image of Ubuntu \(request.release)",
            "arrived damaged: \(answer.complaint)",
            remedy: "Run the command again; it is loaded anew.",
            retry: .later(after: .seconds(10))
        )
    }

    /// Running, with an address, and done with its first start.
    private func waitUntilReady() async throws(ProviderError) {
        var last = "is not there"
        var off = 0
        for count in 0..<180 {
            if count > 0 { try await client.pause(Self.step) }
            let elapsed = count * Int(Self.step.components.seconds)
            if let instance = try await client.instance(name) {
                if instance.state == "Running", !instance.addresses.isEmpty {
                    try await waitForCloudInit()
                    return try await checkReach()
                }
                last = instance.state == "Running" ? "runs, but has no address" : "is “\(instance.state)”"
                last = OneLine.text(last, limit: 80)
                if instance.isOff || instance.state == "Deleted" { off += 1 }
                // It may be off for a moment while it is made.
                guard off < 6 else { break }
            }
            progress("The instance \(last) (\(elapsed) s)")
        }
        throw ProviderError(
            thing,
            "\(last), though it was waited for",
            remedy: Trouble.noAddress(isWindows: client.isWindows),
            retry: .later(after: nil)
        )
    }

    /// `cloud-init status` has exit code 2 for a first start that ended with warnings, and `exec` has 2 for its own
    /// failures: the machine's own code is told from that by a line that only the machine can write.
    private func waitForCloudInit() async throws(ProviderError) {
        progress("The instance runs; its first start is waited for.")
        let script = "cloud-init status --wait; echo __rc=$?"
        let arguments = ["exec", name, "--no-map-working-directory", "--", "sh", "-c", script]
        var complaint = ""
        for attempt in 1...6 {
            if attempt > 1 { try await client.pause(Self.step) }
            guard let answer = try await client.call(arguments, deadline: .seconds(1200)) else {
                throw ProviderError(
                    thing,
                    "is not done with its first start after twenty minutes",
                    remedy: "Look what it does: “multipass exec \(name) -- cloud-init status --long”.",
                    retry: .later(after: nil)
                )
            }
            switch Self.code(in: answer.output) {
            case 0: return
            case 2:
                progress("The first start ended with warnings; “cloud-init status --long” in the instance lists them.")
                return
            case .some(let code):
                throw ProviderError(
                    thing,
                    "could not end its first start: cloud-init ended with \(code)",
                    remedy:
                        "Look why: “multipass exec \(name) -- cloud-init status --long”. Then destroy it and begin anew."
                )
            // SSH in the machine may not be up yet.
            case nil: complaint = answer.complaint
            }
        }
        throw ProviderError(
            thing,
            "lets Multipass run nothing in it: \(complaint)",
            remedy: "Restart it: “multipass restart \(name)”, and run the command again.",
            retry: .later(after: nil)
        )
    }

    /// A machine that answers Windows may still not answer WSL2, where this program runs.
    private func checkReach() async throws(ProviderError) {
        guard client.isWindows else { return }
        let reach = Reach(client: client)
        var addresses: [String] = []
        for attempt in 0..<Self.knocks {
            if attempt > 0 {
                progress("The instance does not answer inside of WSL2 yet.")
                try await client.pause(Self.step)
            }
            // Another one may be there by now.
            addresses = try await client.instance(name)?.reachable(on: network) ?? addresses
            guard try await reach.ask(addresses) == .none else { return }
        }
        let mode = try await reach.networkingMode()
        let tried = OneLine.text(addresses.joined(separator: ", "), limit: 100)
        throw ProviderError(
            thing,
            "runs, and does not answer inside of WSL2 on port 22 of \(tried)",
            remedy: Trouble.unreachable(isWindows: true, mode: mode),
            retry: .later(after: nil)
        )
    }

    /// The code of the last line `__rc=…`.
    static func code(in output: String) -> Int? {
        let line = output.split(whereSeparator: \.isNewline).last { $0.hasPrefix("__rc=") }
        return line.flatMap { Int($0.dropFirst(5)) }
    }

    // MARK: From what is there

    func recover() async throws(ProviderError) {
        guard let instance = try await client.instance(name) else {
            throw ProviderError(
                thing,
                "was purged in the meantime",
                remedy: "Make a new plan: it makes a new instance."
            )
        }
        guard instance.state == "Deleted" else { return }
        try await carryOut(["recover", name])
    }

    func start() async throws(ProviderError) {
        guard let instance = try await client.instance(name) else {
            throw ProviderError(thing, "is not there any more", remedy: "Make a new plan: it makes a new instance.")
        }
        if instance.state != "Running" { try await startUp() }
        try await waitUntilReady()
    }

    private func startUp() async throws(ProviderError) {
        progress("Multipass starts the instance.")
        let arguments = ["start", name]
        guard let answer = try await client.call(arguments, deadline: .seconds(600)) else { return }
        // What it was too impatient for is waited for.
        guard answer.exitCode == 0 || answer.exitCode == 5 || answer.says("imed out waiting") else {
            throw Trouble.failed(arguments, answer)
        }
    }

    private func carryOut(_ arguments: [String]) async throws(ProviderError) {
        let answer = try await client.ask(arguments, deadline: .seconds(300))
        guard answer.exitCode == 0 else { throw Trouble.failed(arguments, answer) }
    }

    // MARK: To nothing

    /// Only this instance: `multipass purge` would take what others deleted too.
    func remove() async throws(ProviderError) {
        guard try await client.instance(name) != nil else { return }
        progress("Multipass removes the instance and its disk.")
        let answer = try await client.ask(["delete", "--purge", name], deadline: .seconds(300))
        if answer.exitCode == 0 || answer.says("does not exist") { return }
        throw Trouble.failed(["delete", "--purge", name], answer)
    }
}
