import Model
import Queue
import TestSupport
import Testing

/// Our keys are those that the clients of BullMQ make: what they make is kept in files, which they are held to as well.
@Suite(.timeLimit(.minutes(20)))
struct KeysTests {
    private static func golden(_ transition: Transition, _ version: BullClient.Version) -> GoldenFile {
        let name = transition.name.replacing("'", with: "").replacing(" ", with: "-")
        return GoldenFile("bullmq-\(version.rawValue)/\(name).txt")
    }

    /// What a client is known to make.
    private static func known(_ transition: Transition, _ version: BullClient.Version) throws -> [String] {
        try TextFile.read(golden(transition, version).path).split(separator: "\n").map(String.init)
    }

    /// What is in the keys after everything has happened.
    private static func dump(
        _ transition: Transition,
        _ version: BullClient.Version,
        by actor: (Interop) -> any QueueActor
    ) async throws -> QueueDump {
        var dump: QueueDump?
        try await Interop.with(version) { test in
            let start = try test.serverTime()
            try await transition.happens(actor(test), test.client)
            // The next time of a pattern depends on the day.
            let next = try test.redis("ZSCORE", "repeat", "yearly").number
            dump = try QueueDump(test.prefix, start: start, names: next.map { [$0: "NEXT"] } ?? [:])
        }
        return try #require(dump)
    }

    @Test(arguments: BullClient.Version.allCases, Transition.all)
    func `a client still makes the keys that we know`(
        version: BullClient.Version,
        transition: Transition
    ) async throws {
        let lines = try await Self.dump(transition, version, by: ClientActor.init).lines
        let difference = try Self.golden(transition, version).difference(from: lines.joined(separator: "\n") + "\n")
        #expect(difference == nil)
    }

    @Test(arguments: BullClient.Version.allCases, Transition.all)
    func `we make the keys that a client makes`(version: BullClient.Version, transition: Transition) async throws {
        guard version == .v6 || !transition.isOfVersion6 else { return }
        let theirs = try PermittedDifference.essential(try Self.known(transition, version), version)
        let dump = try await Self.dump(transition, version, by: OurActor.init)
        let ours = try PermittedDifference.essential(dump.lines, version)
        let missing = theirs.filter { !ours.contains($0) }
        let unknown = ours.filter { !theirs.contains($0) }
        #expect(missing == [], "missing in ours")
        #expect(unknown == [], "only in ours")
        #expect(missing + unknown != [] || ours == theirs, "in another order")
    }

    @Test(arguments: BullClient.Version.allCases)
    func `every difference that is permitted is there`(version: BullClient.Version) async throws {
        var unneeded = PermittedDifference.all.filter { $0.holds(for: version) }
        for transition in Transition.all where version == .v6 || !transition.isOfVersion6 {
            let theirs = try Self.known(transition, version)
            let ours = try await Self.dump(transition, version, by: OurActor.init).lines
            unneeded = try unneeded.filter { try !$0.isNeeded(between: theirs, and: ours) }
        }
        // Some show in what only the clients of version 6 do as we do.
        if version == .v5 { unneeded = unneeded.filter { $0.version == .v5 } }
        #expect(unneeded.map(\.pattern) == [])
    }
}

extension Transition: CustomTestStringConvertible {
    var testDescription: String { name }
}
