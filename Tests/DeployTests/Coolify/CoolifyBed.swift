import Fetch
import Foundation
import Model
import PluginAPI
import Synchronization
import TestSupport

@testable import Deploy

/// A fake Coolify, reached over HTTP, and whoever works on it; each request may be cut off.
final class CoolifyBed: Sendable {
    /// The program ends.
    struct Death: Error {}

    /// What happens to a request.
    enum Trouble: CaseIterable, Sendable {
        case endedBefore, endedAfter, lostBefore, lostAfter
    }

    struct State {
        var count = 0
        var trouble: (@Sendable (Int, HTTPRequest) -> Trouble?)?
        var waits: [Duration] = []
        var said: [String] = []
        /// What another hand does just before a request.
        var meanwhile: (@Sendable (HTTPRequest) async throws -> Void)?
    }

    static let digest = "sha256:\(String(repeating: "a", count: 64))"
    static let newer = "sha256:\(String(repeating: "b", count: 64))"

    let coolify: FakeCoolify
    let state = Mutex(State())
    private let fetcher = Fetcher(logger: .quiet)

    init(_ control: CoolifyControl = CoolifyControl()) async throws {
        coolify = try await FakeCoolify(control)
    }

    func close() async { await fetcher.close() }

    /// Requests so far.
    var count: Int { state.withLock { $0.count } }
    var said: [String] { state.withLock { $0.said } }
    var waits: [Duration] { state.withLock { $0.waits } }

    func suffer(_ trouble: (@Sendable (Int, HTTPRequest) -> Trouble?)?) {
        state.withLock { state in
            state.count = 0
            state.trouble = trouble
        }
    }

    func meanwhile(_ act: (@Sendable (HTTPRequest) async throws -> Void)?) {
        state.withLock { $0.meanwhile = act }
    }

    /// An environment of that name, with a mark of its own.
    func site(
        _ name: String = "staging",
        _ wish: EnvironmentWish = CoolifyBed.wish(),
        secrets: GeneratedSecrets = GeneratedSecrets(),
        token: FakeCoolify.Token = .root,
        address: String = "203.0.113.7"
    ) -> CoolifySite {
        let patience = Patience { span in
            try Task.checkCancellation()
            self.state.withLock { $0.waits.append(span) }
            await Task.yield()
        }
        let port = coolify.port
        let api = CoolifyAPI(
            root: { "http://127.0.0.1:\(port)" },
            token: FakeCoolify.plain(token),
            secrets: CoolifyWorkplace.hidden(wish, secrets),
            exchange: { try await self.exchange($0) },
            patience: patience
        )
        let discoveries = Discoveries()
        discoveries.note {
            $0.address = address
            $0.digest = Self.digest
        }
        return CoolifySite(
            CoolifyWorkplace(
                environment: name,
                mark: "pma-\(name)-1f3a9c",
                wish: wish,
                secrets: secrets,
                discoveries: discoveries,
                api: api,
                patience: patience
            ),
            say: { line in self.state.withLock { $0.said.append(line) } }
        )
    }

    static func wish(
        _ image: ImageWish = ImageWish(name: "ghcr.io/anna/prices", tag: "dev"),
        variables: [String: EnvironmentWish.Variable] = [
            "HOST_SMTP_FROM": .init("Prices <prices@example.org>"),
            "HOST_SMTP_URL": .init("smtp://anna:very-secret@mail.example.org", isSecret: true),
        ]
    ) -> EnvironmentWish {
        EnvironmentWish(
            coolify: CoolifyWish(
                version: "4.3.10",
                installer: "https://example.org",
                installerSHA256: "",
                adminEmail: "anna@example.org"
            ),
            image: image,
            variables: variables
        )
    }

    private func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (trouble, meanwhile) = state.withLock { state in
            state.count += 1
            return (state.trouble?(state.count, request), state.meanwhile)
        }
        try await meanwhile?(request)
        switch trouble {
        case .endedBefore: throw Death()
        case .lostBefore: throw ExchangeError.timeout("No answer came within 30 seconds.")
        case .endedAfter, .lostAfter, nil: break
        }
        let response = try await fetcher.exchange(request, through: .operator)
        switch trouble {
        case .endedAfter: throw Death()
        case .lostAfter: throw ExchangeError.timeout("No answer came within 30 seconds.")
        case .endedBefore, .lostBefore, nil: return response
        }
    }
}

/// One environment there, and its stages.
struct CoolifySite: Sendable {
    var work: CoolifyWorkplace
    let say: @Sendable (String) -> Void

    init(_ work: CoolifyWorkplace, say: @escaping @Sendable (String) -> Void) {
        self.work = work
        self.say = say
    }

    var api: CoolifyAPI { work.api }
    var databases: DatabasesStage { DatabasesStage(work) }
    var applications: ApplicationsStage { ApplicationsStage(work) }
    var mark: String { work.mark }

    /// The same environment with other wishes, as after a change of the settings.
    func wishing(_ change: (inout EnvironmentWish) -> Void, digest: String? = nil) -> CoolifySite {
        var wish = work.wish
        change(&wish)
        let discoveries = Discoveries()
        discoveries.note {
            $0.address = work.discoveries.found.address
            $0.digest = digest ?? work.discoveries.found.digest
        }
        return CoolifySite(
            CoolifyWorkplace(
                environment: work.environment,
                mark: work.mark,
                wish: wish,
                secrets: work.secrets,
                discoveries: discoveries,
                api: work.api,
                patience: work.patience
            ),
            say: say
        )
    }

    /// Brings all of it about as an apply does; gives the ids of what was done.
    @discardableResult func apply() async throws -> [String] {
        var done: [String] = []
        for stage in [databases, applications] as [any Stage] {
            var survey = try await stage.survey()
            while case let changes = survey.changes.filter({ !$0.isForPerson }), !changes.isEmpty {
                for change in changes {
                    if done.contains(change.id) { throw DeployError("\(change.id) is done again: \(change.why)") }
                    try await stage.perform(change, say: say)
                    done.append(change.id)
                }
                survey = try await stage.survey()
            }
            if let obstacle = survey.obstacle { throw DeployError("\(stage.name): \(obstacle) \(survey.changes)") }
        }
        return done
    }

    /// Coolify's id of an application.
    func id(_ role: ApplicationRole) async throws -> String { try await work.application(role).id }

    /// Coolify's id of a database.
    func id(_ kind: DatabaseKind) async throws -> String {
        guard let place = try await work.place(),
            let state = try await databases.state(of: kind, in: try await work.holdings(at: place))
        else { throw DeployError("There is no \(kind.title).") }
        return state.database.id
    }

    /// What is left to be done, and for people.
    func changes() async throws -> [PlannedChange] {
        try await databases.survey().changes + applications.survey().changes
    }
}
