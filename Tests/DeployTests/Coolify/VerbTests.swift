import Model
import Synchronization
import TestSupport
import Testing

@testable import Deploy

/// What the verbs do to the applications.
@Suite(.timeLimit(.minutes(20)))
struct VerbTests {
    private static let old = String(CoolifyBed.digest.dropFirst(7))
    private static let new = String(CoolifyBed.newer.dropFirst(7))

    /// Two versions, one after the other.
    private func twice(_ bed: CoolifyBed) async throws -> CoolifySite {
        let site = bed.site()
        try await site.apply()
        let newer = site.wishing({ _ in }, digest: CoolifyBed.newer)
        try await newer.apply()
        return newer
    }

    private func rollback(_ site: CoolifySite) async throws {
        let rollback = Rollback(site.work)
        try await rollback.perform(try await rollback.plan(), say: site.say)
    }

    private func images(_ bed: CoolifyBed) throws -> [String] {
        try bed.coolify.state.applications.compactMap { $0.container.map { String($0.image.suffix(64)) } }
    }

    @Test func `a rollback brings all of them back, says so before, and a second one brings them forth`() async throws {
        let bed = try await CoolifyBed()
        let site = try await twice(bed)
        let plan = try await Rollback(site.work).plan()
        #expect(
            plan.text.hasPrefix("Rollback of “staging” to sha256:aaaaaaaaaaaa:\n  ~ web: from sha256:bbbbbbbbbbbb to ")
        )
        #expect(plan.steps.map(\.role) == [.web, .worker, .scheduler])
        try await rollback(site)
        #expect(try images(bed) == [Self.old, Self.old, Self.old])
        #expect(try await site.applications.survey().facts.first?.value.hasSuffix("rolled back") == true)
        // The wish is still the newer one, and a plan says so.
        #expect(try await site.changes().contains { $0.id == "settings-web" })
        try await rollback(site)
        #expect(try images(bed) == [Self.new, Self.new, Self.new])
        await bed.close()
    }

    @Test func `a rollback that is cut short anywhere is gone on from and turns round nowhere`() async throws {
        var control = CoolifyControl()
        control.looks = ["database": 1, "deployment": 1, "deletion": 1, "backup": 1, "status": 1]
        let bed = try await CoolifyBed(control)
        let site = try await twice(bed)
        // Three requests for each application make or change something.
        for number in 1...9 {
            try await site.apply()
            #expect(try images(bed) == [Self.new, Self.new, Self.new])
            let works = Mutex(0)
            bed.suffer { _, request in
                guard request.method != .get else { return nil }
                let own = works.withLock { works in
                    works += 1
                    return works
                }
                return own == number ? .endedAfter : nil
            }
            await #expect(throws: CoolifyBed.Death.self) { try await rollback(site) }
            bed.suffer(nil)
            if number < 9 {
                try await rollback(site)
            } else {
                #expect(try await Rollback(site.work).plan().digits == Self.new)
            }
            #expect(try images(bed) == [Self.old, Self.old, Self.old], "cut at \(number)")
        }
        await bed.close()
    }

    @Test func `after a version that did not get healthy, a rollback goes to what still runs`() async throws {
        let bed = try await CoolifyBed()
        let site = try await twice(bed)
        let third = "sha256:\(String(repeating: "c", count: 64))"
        try bed.coolify.change { $0.neverHealthy = [String(third.dropFirst(7))] }
        let next = site.wishing({ _ in }, digest: third)
        await #expect(throws: DeployError.self) { try await next.apply() }
        let plan = try await Rollback(next.work).plan()
        #expect(plan.digits == Self.new)
        try await rollback(next)
        #expect(try images(bed) == [Self.new, Self.new, Self.new])
        #expect(try await site.changes().filter { $0.id.hasPrefix("settings") } == [])
        await bed.close()
    }

    @Test func `where nothing ran before there is nothing to go back to`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let error = await #expect(throws: DeployError.self) { try await Rollback(site.work).plan() }
        #expect(error?.description.contains("nothing to go back to") == true)
        await bed.close()
    }

    @Test func `all are stopped, and started again as they were`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        try await ApplicationSwitch(site.work).stop(say: site.say)
        #expect(try bed.coolify.state.applications.allSatisfy { $0.container == nil })
        try await ApplicationSwitch(site.work).stop(say: site.say)
        try await ApplicationSwitch(site.work).start(say: site.say)
        #expect(try images(bed) == [Self.old, Self.old, Self.old])
        #expect(try await site.changes() == [])
        await bed.close()
    }

    @Test func `the log of one that does not run is no empty list`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        let early = await #expect(throws: DeployError.self) { try await ApplicationLogs(site.work).last(5, of: .web) }
        #expect(early?.description.hasPrefix("There is no application web yet.") == true)
        try await site.apply()
        #expect(try await ApplicationLogs(site.work).last(5, of: .web).count == 1)
        try await ApplicationSwitch(site.work).stop(say: site.say)
        let late = await #expect(throws: DeployError.self) { try await ApplicationLogs(site.work).last(5, of: .web) }
        #expect(late?.description.hasPrefix("web does not run (exited:unhealthy)") == true)
        await bed.close()
    }

    @Test(
        arguments: [
            ([], ["a", "b"], ["a", "b"]),
            (["a", "b"], ["a", "b"], []),
            (["a", "b"], ["a", "b", "c"], ["c"]),
            (["a", "b", "b"], ["b", "b", "c"], ["c"]),
            (["a", "b"], ["b", "c"], ["c"]),
            (["a", "b"], ["x", "y"], ["x", "y"]),
        ] as [([String], [String], [String])]
    )
    func `following a log tells each line once`(known: [String], lines: [String], new: [String]) {
        #expect(Array(ApplicationLogs.new(in: lines, after: known)) == new)
    }

    @Test func `following a log goes on with the container that takes the other's place`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let told = AsyncStream<String>.makeStream()
        let following = Task {
            try await ApplicationLogs(site.work).follow(.web, from: 10) { told.continuation.yield($0) }
        }
        var lines = told.stream.makeAsyncIterator()
        let first = await lines.next()
        try await site.wishing({ _ in }, digest: CoolifyBed.newer).apply()
        let second = await lines.next()
        // One line each, however often it was looked at.
        #expect(first?.hasSuffix(" runs.") == true && second?.hasSuffix(" runs.") == true && first != second)
        following.cancel()
        await #expect(throws: (any Error).self) { try await following.value }
        await bed.close()
    }

    @Test(arguments: [
        ("2026-11-23T12:00:00.123456789Z ready", "ready"),
        ("2026-11-23T12:00:00Z 2026-11-23 ready", "2026-11-23 ready"),
        ("ready to serve", "ready to serve"), ("12 Zebras", "12 Zebras"), ("", ""),
    ])
    func `Docker's own time is no part of a line`(line: String, text: String) {
        #expect(ApplicationLogs.untimed(line) == text)
    }
}
