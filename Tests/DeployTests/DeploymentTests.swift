import Foundation
import Model
import Synchronization
import Testing

@testable import Deploy

@Suite struct DeploymentTests {
    private static let wanted = [("machine", ["key", "firewall", "droplet"]), ("way in", ["connection"])]
    private let folder = FileManager.default.temporaryDirectory.appending(path: "deploy-\(UUID().uuidString)").path
    private let world = World()

    private func deployment(
        in folder: String? = nil,
        world: World? = nil,
        adjust: @escaping @Sendable (inout ThingStage) -> Void = { _ in }
    ) -> Deployment {
        let world = world ?? self.world
        let numbers = Mutex(0)
        return Deployment(
            environment: "staging",
            folder: folder ?? self.folder,
            operatorName: "anna@laptop, process 1",
            now: { Timestamp(milliseconds: 1_795_435_200_000) },
            makeMark: {
                numbers.withLock {
                    $0 += 1; return "mark-\($0)-\(UUID().uuidString)"
                }
            },
            stages: { mark, _ in
                Self.wanted.map { name, things in
                    var stage = ThingStage(name: name, wanted: things, mark: mark, world: world)
                    adjust(&stage)
                    return stage
                }
            }
        )
    }

    /// Without the marks.
    private func names(_ world: World) -> [String] {
        world.things.map { String($0.split(separator: "/").last ?? "") }
    }

    @Test func `a plan says what there is and what is missing, and changes nothing`() async throws {
        let plan = try await deployment().plan()
        #expect(plan.changes.map(\.id) == ["key", "firewall", "droplet"])
        #expect(plan.later.map(\.stage) == ["way in"])
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect(
            plan.text == """
                Plan for “staging”:

                machine
                    there: 0 of 3
                  + key (1 EUR)
                      There is no key.
                  + firewall (1 EUR)
                      There is no firewall.
                  + droplet (1 EUR)
                      There is no droplet.

                way in: They need what machine makes.

                3 to create.
                """
        )
        let json = try JSONSerialization.jsonObject(with: Data(try plan.json().utf8)) as? [String: Any]
        #expect(json?["isDone"] as? Bool == false)
        #expect((json?["stages"] as? [[String: Any]])?.count == 1)
        #expect(json?["fingerprint"] as? String == plan.fingerprint)
    }

    @Test func `apply brings it about in order; a second time nothing is to be done`() async throws {
        let witness = Witness()
        let rest = try await deployment().apply(agree: { _ in true }, tell: witness)
        #expect(rest?.isDone == true)
        #expect(names(world) == ["key", "firewall", "droplet", "connection"])
        #expect(Array(witness.told.prefix(3)) == ["begins key", "waiting for key", "ends key"])
        let touches = world.state.withLock { $0.touches }
        let again = try await deployment().apply(
            agree: { _ in
                Issue.record("Nothing is to be agreed to.")
                return false
            },
            tell: witness
        )
        #expect(again?.text.hasSuffix("Nothing is to be done.") == true)
        #expect(world.state.withLock { $0.touches } == touches)
    }

    @Test func `what is not agreed to is not done`() async throws {
        let rest = try await deployment().apply(agree: { _ in false }, tell: Witness())
        #expect(rest == nil)
        #expect(world.things.isEmpty)
    }

    @Test func `what changed since the plan was shown is not done`() async throws {
        let world = world
        let deployment = deployment()
        let error = await #expect(throws: DeployError.self) {
            _ = try await deployment.apply(
                agree: { _ in
                    let mark = Journal.mark(in: try Journal.entries(of: deployment.journalPath)) ?? ""
                    try world.touch { $0.append("\(mark)/firewall") }
                    return true
                },
                tell: Witness()
            )
        }
        #expect(error?.description.contains("changed since") == true)
        #expect(names(world) == ["firewall"])
    }

    @Test func `a run that dies at any touch of the world is gone on with, and nothing is made twice`() async throws {
        let count = 4
        var deaths = 0
        for touch in 1...count {
            for isAfter in [false, true] {
                let (world, folder) = (World(), "\(folder)-\(touch)-\(isAfter)")
                world.state.withLock { $0.deathAt = (touch, isAfter) }
                await #expect(throws: World.Death.self) {
                    _ = try await deployment(in: folder, world: world).apply(agree: { _ in true }, tell: Witness())
                }
                deaths += 1
                let rest = try await deployment(in: folder, world: world).apply(agree: { _ in true }, tell: Witness())
                #expect(rest?.isDone == true)
                #expect(names(world) == ["key", "firewall", "droplet", "connection"])
                #expect(Set(world.things.map { $0.prefix { $0 != "/" } }).count == 1)
            }
        }
        #expect(deaths == 8)
    }

    @Test func `what was begun and not ended is told before going on`() async throws {
        let deployment = deployment()
        try Folder.make(folder)
        let journal = try Journal(deployment.journalPath)
        try journal.append(.intent(stage: "machine", change: "droplet", what: "the droplet"), at: deployment.now())
        let witness = Witness()
        #expect(try await self.deployment().apply(agree: { _ in true }, tell: witness)?.isDone == true)
        #expect(witness.told.first == "resumes the droplet")
        let next = Witness()
        _ = try await self.deployment().apply(agree: { _ in true }, tell: next)
        #expect(next.told.isEmpty)
    }

    @Test func `what only a person can do is left, said and not tried`() async throws {
        let person = PlannedChange(id: "size", kind: .person, what: "size", why: "It would power off the machine.")
        let deployment = deployment { stage in if stage.name == "machine" { stage.forPeople = [person] } }
        let rest = try await deployment.apply(agree: { _ in true }, tell: Witness())
        #expect(rest?.changes == [person])
        #expect(rest?.summary == "1 for a person.")
        #expect(names(world) == ["key", "firewall", "droplet", "connection"])
    }

    @Test func `a change that does not last ends the run instead of going on for ever`() async throws {
        let deployment = deployment { $0.isLeaking = true }
        let error = await #expect(throws: DeployError.self) {
            _ = try await deployment.apply(agree: { _ in true }, tell: Witness())
        }
        #expect(error?.description.contains("was done and is to be done again") == true)
    }

    @Test func `destroy takes away what carries the mark, last things first, and what is made next is another`()
        async throws
    {
        _ = try await deployment().apply(agree: { _ in true }, tell: Witness())
        let first = Set(world.things.map { String($0.prefix { $0 != "/" }) })
        try world.touch { $0.append("somebody's/droplet") }
        #expect(try await deployment().removal().map(\.change.id) == ["connection", "droplet", "firewall", "key"])
        let witness = Witness()
        try await deployment().destroy(tell: witness)
        #expect(world.things == ["somebody's/droplet"])
        #expect(
            witness.told.filter { $0.hasPrefix("ends") } == [
                "ends connection", "ends droplet", "ends firewall", "ends key",
            ]
        )
        _ = try await deployment().apply(agree: { _ in true }, tell: witness)
        let marks = Set(world.things.dropFirst().map { String($0.prefix { $0 != "/" }) })
        #expect(marks.count == 1)
        #expect(marks.isDisjoint(with: first))
    }

    @Test func `how a run ended stands in the journal, whatever ended it`() async throws {
        let deployment = deployment()
        _ = try await deployment.apply(agree: { _ in true }, tell: Witness())
        func last() throws -> JournalEntry.Event? { try Journal.entries(of: deployment.journalPath).last?.event }
        #expect(try last() == .ended(isDone: true))
        // Somebody was asked and said no.
        #expect(try await deployment.work("rollback", isDone: { $0 }) { _, _ in false } == false)
        #expect(try last() == .ended(isDone: false))
        let leaking = self.deployment { $0.isLeaking = true }
        let error = await #expect(throws: DeployError.self) { try await leaking.destroy(tell: Witness()) }
        #expect(error?.description.contains("still something left") == true)
        guard case .failure("destroy", _, let why) = try last() else {
            Issue.record("\(String(describing: try last()))")
            return
        }
        #expect(why.contains("still something left"))
        // It is the same environment as before.
        #expect(
            try Journal.entries(of: deployment.journalPath).count { if case .mark = $0.event { true } else { false } }
                == 1
        )
    }

    @Test func `two runs at once are one`() async throws {
        let deployment = deployment()
        let other = self.deployment()
        _ = try await deployment.apply(
            agree: { _ in
                let error = await #expect(throws: DeployError.self) {
                    _ = try await other.apply(agree: { _ in true }, tell: Witness())
                }
                #expect(error?.description.contains("apply by anna@laptop, process 1") == true)
                return true
            },
            tell: Witness()
        )
        #expect(names(world).count == 4)
    }
}
