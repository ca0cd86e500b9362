import Model
import Queue
import TestSupport
import Testing

/// Our keys are those that the clients of BullMQ make: what they make is kept in files, which they are held to as well.
@Suite(.timeLimit(.minutes(5)))
struct KeysTests {
    private static func golden(_ transition: Transition, _ version: BullClient.Version) -> GoldenFile {
        let name = transition.name.replacing("'", with: "").replacing(" ", with: "-")
        return GoldenFile("bullmq-\(version.rawValue)/\(name).txt")
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
        let golden = try TextFile.read(Self.golden(transition, version).path)
        let theirs = try PermittedDifference.essential(golden.split(separator: "\n").map(String.init), version)
        let dump = try await Self.dump(transition, version, by: OurActor.init)
        let ours = try PermittedDifference.essential(dump.lines, version)
        let missing = theirs.filter { !ours.contains($0) }
        let unknown = ours.filter { !theirs.contains($0) }
        #expect(missing == [], "missing in ours")
        #expect(unknown == [], "only in ours")
        #expect(missing + unknown != [] || ours == theirs, "in another order")
    }
}

extension Transition: CustomTestStringConvertible {
    var testDescription: String { name }
}
