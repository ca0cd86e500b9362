import Model
import Testing

@testable import Deploy

/// Whether the data of an environment would be lost with its machine.
@Suite struct DataAtRiskTests {
    private static func entries(_ events: JournalEntry.Event...) -> [JournalEntry] {
        events.map { JournalEntry(at: Timestamp(milliseconds: 1_795_435_200_000), $0) }
    }

    private static let begun = JournalEntry.Event.intent(stage: "databases", change: "create-postgres", what: "it")
    private static let made = JournalEntry.Event.result(stage: "databases", change: "create-postgres")

    @Test func `the journal knows of a database from the first word of it until the next mark`() {
        #expect(DatabaseRecord([]) == .none)
        #expect(
            DatabaseRecord(Self.entries(.mark("a"), .intent(stage: "coolify", change: "install", what: "it"))) == .none
        )
        #expect(DatabaseRecord(Self.entries(.mark("a"), .result(stage: "databases", change: "create-redis"))) == .none)
        #expect(DatabaseRecord(Self.entries(.mark("a"), Self.begun)) == .begun)
        #expect(DatabaseRecord(Self.entries(.mark("a"), Self.begun, Self.made)) == .made)
        // Where a run ended before its result, later ones show that it was there.
        let started = JournalEntry.Event.result(stage: "databases", change: "start-postgres")
        #expect(DatabaseRecord(Self.entries(.mark("a"), Self.begun, started)) == .made)
        let used = JournalEntry.Event.intent(stage: "applications", change: "create-web", what: "it")
        #expect(DatabaseRecord(Self.entries(.mark("a"), Self.begun, used, Self.begun)) == .made)
        #expect(DatabaseRecord(Self.entries(.mark("a"), Self.begun, Self.made, .mark("b"))) == .none)
    }

    /// What each stage finds, and what it notes.
    private struct Found {
        var machine = StageSurvey()
        var addresses = ["203.0.113.7"]
        var signIn = StageSurvey()
        var address: String? = "203.0.113.7"
        var coolify = StageSurvey()
        var databases = StageSurvey()
        var postgresURL: String? = "postgres://prices:x@abc:5432/prices"
        var obstacle: String?

        func isThere(_ record: DatabaseRecord) async throws -> Bool {
            let discoveries = Discoveries()
            let found = self
            let stages = [
                FoundStage(name: "machine", found: machine) { discoveries.note { $0.addresses = found.addresses } },
                FoundStage(name: "sign-in", found: signIn) { discoveries.note { $0.address = found.address } },
                FoundStage(name: "coolify", found: coolify) {},
                FoundStage(name: "databases", found: databases) {
                    discoveries.note { $0.postgresURL = found.postgresURL }
                },
            ]
            return try await DataAtRisk(record, stages, discoveries, obstacle: obstacle).isThere()
        }
    }

    private static let nothing = StageSurvey(obstacle: "later", isBeforeAll: true)

    private static func change(_ why: String, _ kind: PlannedChange.Kind = .change) -> PlannedChange {
        PlannedChange(id: "it", kind: kind, what: "it", why: why)
    }

    @Test(arguments: [DatabaseRecord.none, .begun, .made])
    func `what is found is there, and what went with its machine is not`(record: DatabaseRecord) async throws {
        #expect(try await Found().isThere(record))
        #expect(try await !Found(machine: Self.nothing, addresses: [], address: nil).isThere(record))
        // Right after it was restarted, a machine says that it still sets itself up.
        let starting = StageSurvey(
            changes: [Self.change("It still sets itself up.")],
            obstacle: "later",
            isBeforeAll: true
        )
        #expect(try await Found(signIn: starting).isThere(record))
    }

    @Test func `what can't be looked at counts as there where the journal knows of it`() async throws {
        let stopped = StageSurvey(changes: [Self.change("It does not run.")], obstacle: "later")
        let silent = StageSurvey(changes: [Self.change("It can't be reached.")], obstacle: "later")
        let cases: [(found: Found, words: String)] = [
            (Found(machine: stopped, addresses: [], signIn: silent, address: nil), "It does not run."),
            (Found(signIn: Self.nothing, address: nil), "host key is not known here any more"),
            (Found(coolify: Self.nothing, postgresURL: nil), "Docker may be down"),
            (Found(obstacle: "Its passwords are gone."), "Its passwords are gone."),
        ]
        for (found, words) in cases {
            for record in [DatabaseRecord.begun, .made] {
                let error = await #expect(throws: DeployError.self) { try await found.isThere(record) }
                #expect(error?.description.contains(words) == true, "\(words): \(error?.description ?? "")")
            }
        }
        for (found, words) in cases.dropFirst() { #expect(try await !found.isThere(.none), "\(words)") }
    }

    @Test func `one that Coolify does not show any more is not taken for gone`() async throws {
        let found = Found(databases: Self.nothing, postgresURL: nil)
        #expect(try await !found.isThere(.none))
        // Whoever asked for it and never saw it has nothing in it.
        #expect(try await !found.isThere(.begun))
        let error = await #expect(throws: DeployError.self) { try await found.isThere(.made) }
        #expect(error?.description.contains("mark") == true)
        let twins = Found(
            databases: StageSurvey(changes: [Self.change("There are two.", .obstacle)], obstacle: "later"),
            postgresURL: nil
        )
        for record in [DatabaseRecord.none, .begun, .made] {
            await #expect(throws: DeployError.self) { try await twins.isThere(record) }
        }
    }
}

/// Finds what it was told to find.
private struct FoundStage: Stage {
    let name: String
    let found: StageSurvey
    let note: @Sendable () -> Void

    func survey() async throws -> StageSurvey {
        note()
        return found
    }

    func perform(_ change: PlannedChange, say: @escaping @Sendable (String) -> Void) async throws {}
}
