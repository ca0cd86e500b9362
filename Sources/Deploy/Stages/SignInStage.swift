import PluginAPI

/// The way into the machine: its host key, which is written down at first contact, and its first start, which must be over.
package struct SignInStage: Stage {
    package static let name = "sign-in"
    package var name: String { Self.name }
    private let mark: String
    private let pins: HostKeyPins
    private let machine: EnvironmentMachine
    private let discoveries: Discoveries
    private let run: CommandRunner
    private let patience: Patience

    package init(
        _ setup: OpenSSH.Setup,
        _ machine: EnvironmentMachine,
        _ discoveries: Discoveries,
        patience: Patience = Patience()
    ) {
        mark = setup.mark
        pins = setup.pins
        run = setup.run
        self.machine = machine
        self.discoveries = discoveries
        self.patience = patience
    }

    private static let firstContact = PlannedChange(
        id: "first-contact",
        kind: .create,
        what: "sign in for the first time and write the machine's host key down",
        why: "Nobody has signed in to it yet; from then on no other machine is taken for it."
    )

    /// Below this Coolify and the images have no room.
    private static let leastFreeKiB = 3 * 1024 * 1024

    package func outlook() -> [PlannedChange] { [Self.firstContact] }

    package func survey() async throws -> StageSurvey {
        guard try !pins.pins(of: mark).isEmpty else {
            return StageSurvey(
                changes: [Self.firstContact],
                obstacle: "looked at once the machine was signed in to",
                isBeforeAll: true
            )
        }
        switch try await reach() {
        case .success(let state): return try describe(state)
        case .failure(.unreachable(let why)):
            return StageSurvey(
                changes: [
                    PlannedChange(
                        id: "answer",
                        kind: .change,
                        what: "wait until the machine answers by SSH",
                        why: SSHProblem.unreachable(why).sentence(about: addresses)
                    )
                ],
                obstacle: "looked at once the machine answers"
            )
        case .failure(let problem):
            let what = problem == .otherHostKey ? "the machine's host key" : "your key"
            let why = problem.sentence(about: addresses) + (problem == .otherHostKey ? forgetting : "")
            return StageSurvey(
                changes: [PlannedChange(id: "sign-in", kind: .obstacle, what: what, why: why)],
                obstacle: "looked at once the machine can be signed in to"
            )
        }
    }

    private var forgetting: String { "If you know why it changed, remove the file “\(pins.path)” and apply again." }

    private var addresses: String { discoveries.found.addresses.joined(separator: ", ") }

    /// What the machine says of itself.
    private static let script = """
        echo "architecture=$(uname -m)"
        echo "system=$(. /etc/os-release && echo "$PRETTY_NAME")"
        echo "free=$(df -Pk / /data /var/lib/docker 2>/dev/null | awk 'NR > 1 { print $4 }' | sort -n | head -n 1)"
        echo "cloud-init=$(command -v cloud-init >/dev/null && cloud-init status 2>/dev/null | sed -n 's/^status: //p')"
        """

    /// Tries each address, the most likely first; the error is that of the most telling one.
    ///
    /// Only the first is surely the machine's. Another host key at a later one is another machine's, which has the same
    /// address in a network of this computer, and says nothing of the machine that does not answer.
    private func reach() async throws -> Result<[String: String], SSHProblem> {
        var worst: SSHProblem?
        for address in discoveries.found.addresses {
            do {
                let result = try await machine.connection(to: address).attempt(Self.script)
                discoveries.note { $0.address = address }
                return .success(Lines.values(result.output))
            } catch let problem as SSHProblem {
                switch (worst, problem) {
                case (nil, _), (.unreachable, .denied): worst = problem
                default: continue
                }
            }
        }
        return .failure(worst ?? .unreachable("no address"))
    }

    private func describe(_ state: [String: String]) throws -> StageSurvey {
        var facts: [StageSurvey.Fact] = [.init("address", discoveries.found.address ?? "")]
        for name in ["system", "architecture"] { if let value = state[name] { facts.append(.init(name, value)) } }
        discoveries.note { $0.architecture = state["architecture"] }
        var changes: [PlannedChange] = []
        let isStarting = ["running", "not run", "not started"].contains(state["cloud-init"] ?? "")
        if isStarting {
            changes.append(
                PlannedChange(
                    id: "first-start",
                    kind: .change,
                    what: "wait until the machine has ended its first start",
                    why: "It still sets itself up (cloud-init)."
                )
            )
        }
        if let free = state["free"].flatMap({ Int($0) }) {
            facts.append(.init("free disk", "\(free / 1024 / 1024) GiB"))
            if free < Self.leastFreeKiB {
                changes.append(
                    PlannedChange(
                        id: "disk",
                        kind: .obstacle,
                        what: "the machine's disk",
                        why: "Only \(free / 1024) MiB are free, too little for images and databases. Make room "
                            + "(docker system prune -a on the machine removes images that nothing uses), or take a larger disk."
                    )
                )
            }
        }
        let isReady = changes.isEmpty
        return StageSurvey(
            facts: facts,
            changes: changes,
            obstacle: isReady ? nil : "looked at once the machine is ready",
            isBeforeAll: isStarting
        )
    }

    package func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        if change.id == Self.firstContact.id { try await meet(say) }
        try await awaitFirstStart(say)
    }

    private func meet(_ say: @escaping @Sendable (String) -> Void) async throws {
        let found = try await patience.wait(atMost: .seconds(600)) { waited in
            for address in discoveries.found.addresses {
                let arguments = ["-T", "5", "-t", "ed25519,ecdsa,rsa", address]
                let result = try await scan(arguments)
                let keys = HostKeyPins.keys(inScan: result.output)
                if !keys.isEmpty { return (address, keys) }
            }
            if waited > .zero { say("port 22 of \(addresses) does not answer yet") }
            return (String, [String])?.none
        }
        guard let (address, keys) = found else {
            throw DeployError(
                "Port 22 of \(addresses) did not answer for ten minutes. Look at the machine with its provider's console, and "
                    + "at its firewall, which must let your address in; “doctor” says more. Then apply again."
            )
        }
        try pins.pin(keys, as: mark)
        say("\(address) is known from now on by \(keys.count) host keys")
    }

    private func scan(_ arguments: [String]) async throws -> CommandResult {
        do {
            return try await run(Command("ssh-keyscan", arguments, deadline: .seconds(30)))
        } catch CommandError.timeout {
            return CommandResult(exitCode: 1)
        } catch let error as CommandError {
            throw DeployError("\(error) Install it (Debian, Ubuntu: openssh-client).")
        }
    }

    /// Until then the machine may refuse the key and hold the lock of its package manager.
    private func awaitFirstStart(_ say: @escaping @Sendable (String) -> Void) async throws {
        var last = SSHProblem.denied
        let ended = try await patience.wait(atMost: .seconds(900)) { waited -> Bool? in
            switch try await reach() {
            case .success(let state):
                let word = state["cloud-init"] ?? ""
                guard !["running", "not run", "not started"].contains(word) else {
                    if waited > .zero { say("the machine still sets itself up") }
                    return nil
                }
                // A word that says more than that it is over is for a person; the machine may be well all the same.
                if word == "error" {
                    say("the machine's first start ended with an error (cloud-init status --long says which)")
                }
                return true
            case .failure(.otherHostKey):
                throw DeployError(SSHProblem.otherHostKey.sentence(about: addresses) + forgetting)
            case .failure(let problem):
                last = problem
                if waited > .zero { say("the machine does not let anybody in yet") }
                return nil
            }
        }
        guard ended == true else {
            throw DeployError(
                "\(last.sentence(about: addresses)) It was waited for for 15 minutes; “doctor” says more."
            )
        }
    }
}
