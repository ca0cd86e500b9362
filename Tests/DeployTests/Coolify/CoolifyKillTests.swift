import Model
import TestSupport
import Testing

@testable import Deploy

/// The program ends, or an answer is lost, where something is made or changed; another run goes on.
@Suite(.timeLimit(.minutes(30)))
struct CoolifyKillTests {
    private static func later(_ site: CoolifySite) -> CoolifySite {
        site.wishing({ $0.variables["HOST_LOG_LEVEL"] = .init("debug") }, digest: CoolifyBed.newer)
    }

    private static func bed() async throws -> CoolifyBed {
        var control = CoolifyControl()
        control.looks = ["database": 1, "deployment": 1, "deletion": 1, "backup": 1, "status": 1]
        return try await CoolifyBed(control)
    }

    /// There is one of each, and it is as it should be.
    private static func check(_ bed: CoolifyBed, _ site: CoolifySite, _ place: Comment) async throws {
        #expect(try await site.changes() == [], place)
        let state = try bed.coolify.state
        #expect(state.projects.count == 1, place)
        #expect(state.databases.map(\.status) == ["running:healthy", "running:healthy"], place)
        #expect(state.applications.map(\.status) == Array(repeating: "running:healthy", count: 3), place)
        for container in state.applications.map(\.container) {
            #expect(container?.image.suffix(64) == site.work.discoveries.found.digest?.suffix(64), place)
            #expect(container?.variables["HOST_LOG_LEVEL"] == site.work.wish.variables["HOST_LOG_LEVEL"]?.value, place)
        }
    }

    /// Lets the trouble come at one of the requests that make or change something; between two of them a program may
    /// end anywhere and leaves the same behind.
    private static func suffer(_ bed: CoolifyBed, _ trouble: CoolifyBed.Trouble?, at number: Int) -> Recorder<String> {
        let works = Recorder<String>()
        bed.suffer { _, request in
            guard request.method != .get else { return nil }
            works.record(request.url)
            return works.values.count == number ? trouble : nil
        }
        return works
    }

    /// An answer that is lost stops nobody; a program that ends goes no further.
    private static func apply(_ site: CoolifySite, cutBy trouble: CoolifyBed.Trouble) async throws {
        guard trouble == .endedAfter else {
            try await site.apply()
            return
        }
        await #expect(throws: CoolifyBed.Death.self) { try await site.apply() }
    }

    @Test(arguments: [CoolifyBed.Trouble.endedAfter, .lostAfter])
    func `cut off while all is made, there is one of each at the end`(trouble: CoolifyBed.Trouble) async throws {
        let whole = try await Self.bed()
        let works = Self.suffer(whole, nil, at: 0)
        try await whole.site().apply()
        await whole.close()
        let count = works.values.count
        #expect(count == 16)
        print("Coolify: \(trouble) at each of \(count) requests that make something.")
        for number in 1...count {
            let bed = try await Self.bed()
            let site = bed.site()
            _ = Self.suffer(bed, trouble, at: number)
            try await Self.apply(site, cutBy: trouble)
            bed.suffer(nil)
            try await site.apply()
            try await Self.check(bed, site, "\(trouble) at \(number) of \(count)")
            await bed.close()
        }
    }

    /// Between two images and variables, to and fro.
    @Test(arguments: [CoolifyBed.Trouble.endedAfter, .lostAfter])
    func `cut off while all is changed, all of it is changed at the end`(trouble: CoolifyBed.Trouble) async throws {
        let bed = try await Self.bed()
        let back = bed.site()
        try await back.apply()
        let forth = Self.later(back)
        let works = Self.suffer(bed, nil, at: 0)
        try await forth.apply()
        let count = works.values.count
        #expect(count == 12)
        print("Coolify: \(trouble) at each of \(count) requests that change something.")
        for number in 1...count {
            let site = number.isMultiple(of: 2) ? forth : back
            _ = Self.suffer(bed, trouble, at: number)
            try await Self.apply(site, cutBy: trouble)
            bed.suffer(nil)
            try await site.apply()
            try await Self.check(bed, site, "\(trouble) at \(number) of \(count)")
        }
        await bed.close()
    }

    @Test func `a line on which many requests and many answers are lost is only slow`() async throws {
        let bed = try await Self.bed()
        let site = bed.site()
        bed.suffer { asked, _ in [nil, .lostBefore, nil, .lostAfter, nil][asked % 5] }
        try await site.apply()
        bed.suffer(nil)
        try await Self.check(bed, site, "two of five lost")
        await bed.close()
    }
}
