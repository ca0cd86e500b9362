import Crypto
import FoundationEssentials
import PluginAPI

/// Coolify itself, of the version that was asked for, closed to strangers and open to the deployer.
///
/// All of it is looked at and done on the machine, by SSH: until its API is switched on there is no other way.
package struct CoolifyStage: Stage {
    package static let name = "coolify"
    package var name: String { Self.name }
    private let wish: CoolifyWish
    /// Under which the operator reaches the web application; nil where sslip.io has the name.
    private let domain: String?
    private let secrets: GeneratedSecrets
    private let host: any RemoteHost
    private let discoveries: Discoveries
    private let patience: Patience
    private let budget: MemoryBudget

    package init(
        _ wish: EnvironmentWish,
        _ secrets: GeneratedSecrets,
        _ host: any RemoteHost,
        _ discoveries: Discoveries,
        patience: Patience = Patience()
    ) {
        self.wish = wish.coolify
        domain = wish.domain
        self.secrets = secrets
        self.host = host
        self.discoveries = discoveries
        self.patience = patience
        budget = MemoryBudget(wish)
    }

    /// The changes, by their ids.
    private enum Change: String {
        case install, upgrade, account, settings, tokens, password, start
    }

    package func outlook() -> [PlannedChange] {
        [install, account, settings(nil), tokens(nil), password]
    }

    package func survey() async throws -> StageSurvey {
        let state = try await look()
        let memory = state.memoryMiB.map { [StageSurvey.Fact("memory", budget.words(of: $0))] } ?? []
        guard let version = state.version else {
            let isUnderWay = state.isInstalling ? " Its installer is at work." : ""
            return StageSurvey(
                facts: memory,
                changes: [planned(.install, .create, install.what, install.why + isUnderWay, wanted: installer)],
                obstacle: "looked at once Coolify is installed",
                isBeforeAll: true
            )
        }
        var facts: [StageSurvey.Fact] = memory + [.init("version", version)]
        if !state.address.isEmpty { facts.append(.init("dashboard", state.address)) }
        // It stays with whom it was made for, whatever the settings say since.
        if !state.account.isEmpty { facts.append(.init("account", state.account)) }
        var changes: [PlannedChange] = []
        if let gate = gate(version) { changes.append(gate) }
        if !state.isHealthy {
            changes.append(
                planned(
                    .start,
                    .change,
                    "wait until Coolify answers, and start it where it does not",
                    "It is not healthy."
                )
            )
        } else {
            changes += missing(state)
        }
        return StageSurvey(
            facts: facts,
            changes: changes,
            obstacle: changes.isEmpty ? nil : "looked at once Coolify is as it should be"
        )
    }

    /// What a Coolify that answers still lacks.
    private func missing(_ state: InstalledCoolify) -> [PlannedChange] {
        var changes: [PlannedChange] = []
        if !state.hasAdmin || state.isOpenToStrangers != false { changes.append(account) }
        let wrong = wrongSettings(state)
        if !wrong.isEmpty { changes.append(settings(wrong.joined(separator: " "))) }
        let lacking = CoolifyToken.allCases.filter { token in
            state.tokens[token.rawValue] != .init(hash: hash(token), abilities: token.abilities)
        }
        if !lacking.isEmpty {
            changes.append(tokens("Not as they should be: \(lacking.map(\.rawValue).joined(separator: ", "))."))
        }
        if state.showsPassword { changes.append(password) }
        return changes
    }

    /// A version that nobody tried this program with may understand the same request otherwise.
    private func gate(_ version: String) -> PlannedChange? {
        guard version != wish.version else { return nil }
        guard version.isEarlierVersion(than: wish.version) else {
            return planned(
                .install,
                .obstacle,
                "Coolify \(version)",
                "It is newer than the \(wish.version) that this version of the deployer was checked with. Use a newer version "
                    + "of this program, or say \"coolify\": {\"version\": \"\(version)\", …} once you know that it fits."
            )
        }
        return planned(
            .upgrade,
            .change,
            "upgrade Coolify \(version) to \(wish.version)",
            "The settings ask for it.",
            wanted: installer
        )
    }

    private var install: PlannedChange {
        planned(.install, .create, "install Coolify \(wish.version)", "The machine has none.", wanted: installer)
    }

    private var account: PlannedChange {
        planned(
            .account,
            .create,
            "make sure that Coolify belongs to \(wish.adminEmail) and lets no stranger register",
            "Whoever came first could make it theirs."
        )
    }

    private func settings(_ why: String?) -> PlannedChange {
        planned(
            .settings,
            .change,
            "switch Coolify's API on and its updates by itself off, and give it its address",
            why ?? "A new Coolify has neither.",
            wanted: address ?? ""
        )
    }

    private func tokens(_ why: String?) -> PlannedChange {
        planned(
            .tokens,
            .create,
            "give Coolify the hashes of two tokens: the deployer's, and one that may only deploy",
            why ?? "There are none; the tokens themselves stay on this machine."
        )
    }

    private var password: PlannedChange {
        planned(
            .password,
            .change,
            "take the account's password out of Coolify's settings file",
            "It lies there in clear after the installation."
        )
    }

    private func planned(
        _ change: Change,
        _ kind: PlannedChange.Kind,
        _ what: String,
        _ why: String,
        wanted: String = ""
    ) -> PlannedChange {
        PlannedChange(id: change.rawValue, kind: kind, what: what, why: why, wanted: wanted)
    }

    private var installer: String { "\(wish.installer) \(wish.installerSHA256)" }

    private func look() async throws -> InstalledCoolify {
        InstalledCoolify(try await host.run(InstalledCoolify.script, deadline: .seconds(120)).output)
    }

    private var address: String? {
        discoveries.found.address.map { PublicAddress(domain: domain, address: $0).dashboard }
    }

    private func wrongSettings(_ state: InstalledCoolify) -> [String] {
        var wrong: [String] = []
        if !state.isAPIEnabled { wrong.append("Its API is off.") }
        if state.updatesItself { wrong.append("It updates itself, past the version that was asked for.") }
        if let address, state.address != address {
            wrong.append(
                state.address.isEmpty
                    ? "It has no address." : "Its address is \(state.address) and should be \(address)."
            )
        }
        return wrong
    }

    private func hash(_ token: CoolifyToken) -> String {
        SHA256.hash(data: Data(token.text(of: secrets).utf8))
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: - Doing it

    package func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        switch Change(rawValue: change.id) {
        case .install, .upgrade: try await runInstaller(say)
        case .start:
            // A container that runs and is not well is not helped by a start.
            let names = "coolify-db coolify-redis coolify-realtime coolify"
            _ = try await host.run("docker restart \(names) >/dev/null 2>&1", deadline: .seconds(300))
            try await awaitHealth(say, "It was restarted.")
        case .account: try await makeAccount(say)
        case .settings: try await changeSettings(say)
        case .tokens: try await execute(CoolifyToken.allCases.map(sql).joined(separator: "\n"), what: "tokens")
        case .password:
            // The installer leaves copies of the file beside it.
            let script = """
                for file in /data/coolify/source/.env /data/coolify/source/.env-*; do
                    [ ! -f "$file" ] || sed -i 's/^ROOT_USER_PASSWORD=.*/ROOT_USER_PASSWORD=/' "$file" || exit 1
                done
                """
            try check(try await host.run(script), "The password could not be taken out of /data/coolify/source/.env")
        case nil: break
        }
    }

    private func runInstaller(_ say: @escaping @Sendable (String) -> Void) async throws {
        let installer = CoolifyInstaller(wish: wish, secrets: secrets, host: host, patience: patience)
        try await installer.run(say)
        // An installer that made no container has nothing that could become well.
        let first = try await look()
        let state = first.version == nil ? first : try await healthy(atMost: .seconds(300), say)
        guard let version = state.version, state.isHealthy, !version.isEarlierVersion(than: wish.version) else {
            throw DeployError(
                "Coolify was not installed, or does not answer. The last lines of its installer:\n"
                    + "\(try await installer.lastLines())\nThe whole text is in \(CoolifyInstaller.folder)/log on the machine. "
                    + "Apply again: the installer may run as often as it must."
            )
        }
    }

    private func awaitHealth(_ say: @escaping @Sendable (String) -> Void, _ what: String) async throws {
        guard try await healthy(atMost: .seconds(300), say).isHealthy else {
            throw DeployError(
                "Coolify does not answer on the machine. \(what) Look there at “docker logs coolify”, then apply again."
            )
        }
    }

    /// The state once it is healthy, or the last one.
    private func healthy(
        atMost limit: Duration,
        _ say: @escaping @Sendable (String) -> Void
    ) async throws -> InstalledCoolify {
        var last = try await look()
        _ = try await patience.wait(atMost: limit) { waited -> Bool? in
            if waited > .zero { last = try await look() }
            if !last.isHealthy, waited > .seconds(5) { say("Coolify does not answer yet") }
            return last.isHealthy ? true : nil
        }
        return last
    }

    /// Runs the installer again, which writes the account down and makes Coolify's container anew.
    ///
    /// Coolify makes its first account when its container starts, from variables that are those of its making; where it
    /// can't, it leaves the door open.
    private func makeAccount(_ say: @escaping @Sendable (String) -> Void) async throws {
        try await runInstaller(say)
        let state = try await look()
        guard state.hasAdmin, state.isOpenToStrangers == false else {
            throw DeployError(
                "Coolify did not take \(wish.adminEmail) for its first account, and whoever finds it can register. Until that "
                    + "is solved nothing more is done and no name leads to it. It asks that the part behind the @ can be "
                    + "resolved; “docker logs coolify” on the machine says what it disliked. Change “coolify.adminEmail” and "
                    + "apply again."
            )
        }
    }

    private func changeSettings(_ say: @escaping @Sendable (String) -> Void) async throws {
        guard let address else { throw DeployError("The machine has no address. Look at it with “status”.") }
        try await execute(
            """
            update instance_settings set is_api_enabled = true, is_auto_update_enabled = false, fqdn = '\(address)'
            where id = 0;
            """,
            what: "settings"
        )
        // Its proxy learns the name when it starts.
        try check(
            try await host.run("docker restart coolify >/dev/null", deadline: .seconds(300)),
            "Coolify could not be restarted"
        )
        try await awaitHealth(say, "It was restarted with its new address.")
    }

    /// One token, in place of what has its name.
    private func sql(_ token: CoolifyToken) -> String {
        """
        delete from personal_access_tokens where name = '\(token.rawValue)';
        insert into personal_access_tokens
            (tokenable_type, tokenable_id, name, token, abilities, team_id, created_at, updated_at)
        values ('App\\Models\\User', 0, '\(token.rawValue)', '\(hash(token))', '\(token.abilities)', '0', now(), now());
        """
    }

    /// All of it or nothing.
    private func execute(_ sql: String, what: String) async throws {
        let script = """
            docker exec -i coolify-db psql -U coolify -d coolify -q -v ON_ERROR_STOP=1 <<'END'
            begin;
            \(sql)
            commit;
            END
            """
        try check(try await host.run(script), "Coolify's \(what) could not be changed")
    }

    private func check(_ result: CommandResult, _ problem: String) throws {
        guard result.exitCode != 0 else { return }
        let why = OneLine.text(String(decoding: result.errors, as: UTF8.self).blotting(secrets), limit: 300)
        throw DeployError("\(problem): \(why.isEmpty ? "the script ended with \(result.exitCode)." : why)")
    }
}

extension String {
    /// By its numbers: `4.3.9` comes before `4.3.10`.
    func isEarlierVersion(than other: String) -> Bool {
        let (own, others) = (numbers, other.numbers)
        for place in 0..<max(own.count, others.count) {
            let (left, right) = (own.count > place ? own[place] : 0, others.count > place ? others[place] : 0)
            if left != right { return left < right }
        }
        return false
    }

    private var numbers: [Int] { split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) } }
}
