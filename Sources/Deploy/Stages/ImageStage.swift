import PluginAPI

/// The image: whether its registry has it, and whether the machine may pull it.
///
/// What its tag stands for is noted for the applications, which name it in their own changes: a tag that moved since a
/// plan was shown makes another plan.
package struct ImageStage: Stage {
    package let name = "image"
    private let wish: ImageWish
    private let registry: RegistryClient
    private let host: any RemoteHost
    private let discoveries: Discoveries
    private let secrets: GeneratedSecrets

    package init(
        _ wish: ImageWish,
        _ secrets: GeneratedSecrets,
        registry: RegistryClient,
        host: any RemoteHost,
        discoveries: Discoveries
    ) {
        self.wish = wish
        self.secrets = secrets
        self.registry = registry
        self.host = host
        self.discoveries = discoveries
    }

    private enum Step: String {
        case login = "registry-login"
        case logout = "registry-logout"
    }

    private var address: RegistryAddress { RegistryAddress(wish) }

    // MARK: Looking

    package func survey() async throws -> StageSurvey {
        let image: RegistryImage
        do {
            image = try await found()
        } catch let error as ImageRegistryError {
            return blocked(error.words(about: wish))
        } catch let moved as MovedTag {
            return blocked(moved.words)
        }
        let facts = [
            StageSurvey.Fact("image", "\(wish.name):\(wish.tag)"), .init("digest", image.digest),
            .init(
                "pinned",
                wish.isPinned
                    ? "yes: another image runs once “apply” deploys it"
                    : "no: the applications name the tag, and run what a pipeline moves it to and deploys"
            ),
            .init("platforms", image.platforms.isEmpty ? "not told" : image.platforms.joined(separator: ", ")),
        ]
        if let machine = discoveries.found.architecture, !image.runs(on: machine) {
            let needed = RegistryImage.architecture(of: machine) ?? machine
            return blocked(
                "It runs on \(image.platforms.joined(separator: ", ")), and the machine is linux/\(needed). Build it for "
                    + "linux/\(needed) too, as the pipeline does, or take a machine of another kind.",
                facts
            )
        }
        return try await login(try await logins(), facts)
    }

    /// Which log-ins the machine keeps; nil where its file can't be read.
    private func logins() async throws -> DockerLogins? {
        let result = try await host.run("cat \(Self.file) 2>/dev/null || true")
        return DockerLogins(String(decoding: result.output, as: UTF8.self))
    }

    private func login(_ logins: DockerLogins?, _ facts: [StageSurvey.Fact]) async throws -> StageSurvey {
        guard let logins else {
            return blocked(
                "\(Self.file) on the machine is no file of Docker's. Mend it, or take it away, over SSH.",
                facts
            )
        }
        switch (logins.kept(for: address), wish.login) {
        case (.elsewhere(let program), .some):
            return blocked(
                "\(Self.file) on the machine keeps passwords by “\(OneLine.text(program, limit: 40))”, which Coolify "
                    + "does not have. Take credsStore and credHelpers out of it, over SSH.",
                facts
            )
        case (.login(let kept), .some(let login)) where kept == login:
            return StageSurvey(facts: facts + [.init("log-in", login.user)])
        case (.nothing, .some): return StageSurvey(facts: facts, changes: [newLogin])
        case (.login, .some(let login)), (.unknown, .some(let login)):
            let change = PlannedChange(
                id: Step.login.rawValue,
                kind: .change,
                what: loginWords,
                why: "The machine keeps another user or password than the settings name, and pulls \(pulled) with it.",
                wanted: secrets.disguise(login.password)
            )
            return StageSurvey(facts: facts, changes: [change])
        case (.nothing, nil), (.elsewhere, nil), (.unknown, nil): return StageSurvey(facts: facts)
        case (.login(let kept), nil): return try await unasked(kept, facts)
        }
    }

    /// A log-in that the settings do not name is left alone as long as it works.
    private func unasked(_ kept: ImageWish.Login, _ facts: [StageSurvey.Fact]) async throws -> StageSurvey {
        var wish = wish
        wish.login = kept
        do {
            _ = try await registry.image(wish)
        } catch ImageRegistryError.loginRefused {
            let change = PlannedChange(
                id: Step.logout.rawValue,
                kind: .change,
                what: "the machine logs out of \(address.name)",
                why:
                    "Its log-in of “\(OneLine.text(kept.user, limit: 40))” is refused, so that even what everybody may "
                    + "pull would be, and the settings name none."
            )
            return StageSurvey(facts: facts, changes: [change])
        } catch is ImageRegistryError {
            // Whatever else may be the matter, nothing speaks against the log-in.
        }
        let user = OneLine.text(kept.user, limit: 40)
        return StageSurvey(facts: facts + [.init("log-in", "\(user), which the settings do not name")])
    }

    private func found() async throws -> RegistryImage {
        discoveries.note { $0.digest = nil }
        let image = try await registry.image(wish)
        // What was planned is what is deployed, however long the work before it takes.
        let first = discoveries.found.plannedDigest ?? image.digest
        guard first == image.digest else { throw MovedTag(from: first, to: image.digest) }
        discoveries.note { found in
            found.digest = image.digest
            found.plannedDigest = image.digest
        }
        return image
    }

    private func blocked(_ why: String, _ facts: [StageSurvey.Fact] = []) -> StageSurvey {
        StageSurvey(
            facts: facts,
            changes: [obstacle(why)],
            obstacle: "looked at once there is an image that can be run"
        )
    }

    private func obstacle(_ why: String) -> PlannedChange {
        PlannedChange(id: "image", kind: .obstacle, what: "the image \(wish.name):\(wish.tag)", why: why)
    }

    /// Nobody pays for a machine before there is an image to run on it.
    package func precheck() async throws -> [PlannedChange] {
        do {
            _ = try await found()
            return []
        } catch let moved as MovedTag {
            return [obstacle(moved.words)]
        } catch let error as ImageRegistryError {
            return [obstacle(error.words(about: wish))]
        }
    }

    package func outlook() -> [PlannedChange] { wish.login == nil ? [] : [newLogin] }

    private var newLogin: PlannedChange {
        PlannedChange(
            id: Step.login.rawValue,
            kind: .create,
            what: loginWords,
            why: "The machine has none, and pulls \(pulled) with it."
        )
    }

    /// What the tag stands for at this moment: where it moved, a plan is another one.
    private var pulled: String { "\(wish.name):\(wish.tag) (\(discoveries.found.digest ?? "of any digest"))" }

    private var loginWords: String { "the machine logs in to \(address.name) as “\(wish.login?.user ?? "")”" }

    // MARK: Doing

    package func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {
        switch Step(rawValue: change.id) {
        case .login:
            guard let login = wish.login else { return }
            // printf is the shell's own, so the password stands in no list of processes.
            let words = "--username \(Self.quoted(login.user)) --password-stdin"
            let pipe = "printf '%s\\n' \(Self.quoted(login.password)) |"
            try await docker("\(pipe) docker login \(Self.quoted(address.name)) \(words)", hiding: login.password)
        case .logout:
            // Docker keeps its own registry under another name, which is meant where none is given.
            let name = address.name == "docker.io" ? "" : " \(Self.quoted(address.name))"
            try await docker("docker logout\(name)", hiding: "")
        case nil: return
        }
    }

    private func docker(_ command: String, hiding secret: String) async throws {
        // Coolify reads root's file.
        let result = try await host.run("HOME=/root; export HOME\n\(command)\n", deadline: .seconds(120))
        guard result.exitCode != 0 else { return }
        var text = String(decoding: result.errors + result.output, as: UTF8.self)
        if !secret.isEmpty { text = text.replacing(secret, with: "[redacted]") }
        throw DeployError(
            "Docker on the machine could not change its log-in to \(address.name) (exit code \(result.exitCode)): "
                + "“\(OneLine.text(text, limit: 200))”. Check that the machine reaches \(address.name), and give the "
                + "command again."
        )
    }

    private static let file = "/root/.docker/config.json"

    /// As one word of a POSIX shell.
    private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}

/// The tag stands for another image than when the plan was made.
private struct MovedTag: Error {
    let from: String
    let to: String

    var words: String {
        "The tag stood for \(from.prefix(19)) when the plan was made and stands for \(to.prefix(19)) now. What was done so far "
            + "stays. Apply again to deploy the new one."
    }
}
