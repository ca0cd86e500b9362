import PluginAPI
import TestSupport
import Testing

@testable import Deploy

/// A plan that would do something else has another fingerprint.
@Suite(.timeLimit(.minutes(20)))
struct FingerprintTests {
    private typealias Wishing = @Sendable (inout EnvironmentWish) -> Void

    private static let wishes: [String: Wishing] = [
        "nothing": { _ in },
        "memory": { $0.applications[0].memory = "2g" },
        "other memory": { $0.applications[0].memory = "3g" },
        "domain": { $0.domain = "prices.example.org" },
        "other domain": { $0.domain = "prices.example.net" },
        "variable": { $0.variables["HOST_SMTP_FROM"] = .init("one@example.org") },
        "other variable": { $0.variables["HOST_SMTP_FROM"] = .init("two@example.org") },
        "secret": { $0.variables["HOST_SMTP_URL"] = .init("smtp://anna:hunter2@mail.example.org", isSecret: true) },
        "other secret": {
            $0.variables["HOST_SMTP_URL"] = .init("smtp://anna:hunter3@mail.example.org", isSecret: true)
        },
        "database": { $0.postgres.memory = "2g" },
        "other database": { $0.postgres.memory = "3g" },
    ]

    @Test func `each setting that a change is about tells two plans apart, and the same one does not`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        var seen: [String: String] = [:]
        for (name, wishing) in Self.wishes {
            var plans: [Plan] = []
            for _ in 0..<2 {
                let other = site.wishing(wishing)
                plans.append(
                    try await Plan.survey([other.databases, other.applications], of: "staging", mark: site.mark)
                )
            }
            #expect(plans[0].fingerprint == plans[1].fingerprint, "\(name)")
            #expect(plans[0].isDone == (name == "nothing"), "\(name)")
            #expect(seen[plans[0].fingerprint] == nil, "\(name) is like \(seen[plans[0].fingerprint] ?? "")")
            seen[plans[0].fingerprint] = name
            for change in plans[0].changes { #expect(!"\(change)".contains("hunter"), "\(change)") }
        }
        #expect(seen.count == Self.wishes.count)
        await bed.close()
    }

    /// Before the first run there is nothing to disguise secrets with, and each plan has other passwords.
    @Test func `a plan of nothing is told apart too, but for what is secret`() async throws {
        let bed = try await CoolifyBed()
        func fingerprint(_ name: String) -> String {
            let site = bed.site().wishing(Self.wishes[name] ?? { _ in })
            let later = [site.databases, site.applications].map { (stage: any Stage) in
                Plan.Later(stage: stage.name, changes: stage.outlook())
            }
            return Plan(environment: "staging", mark: site.mark, parts: [], later: later).fingerprint
        }
        let names = Self.wishes.keys.filter { !$0.contains("secret") }
        #expect(Set(names.map(fingerprint)).count == names.count)
        for name in names { #expect(fingerprint(name) == fingerprint(name), "\(name)") }
        await bed.close()
    }

    @Test func `the log-in at the registry is told apart by its password, which stands nowhere`() async throws {
        let secrets = GeneratedSecrets()
        #expect(secrets.disguise("hunter2") == secrets.disguise("hunter2"))
        #expect(secrets.disguise("hunter2") != secrets.disguise("hunter3"))
        #expect(secrets.disguise("hunter2") != GeneratedSecrets().disguise("hunter2"))
    }
}
