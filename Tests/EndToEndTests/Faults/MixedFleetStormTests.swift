import TestSupport
import Testing

/// Processes for each role, and workers of BullMQ 5 and 6 that share their queue, killed with SIGKILL one by one while they
/// work.
@Suite(.timeLimit(.minutes(60)))
struct MixedFleetStormTests {
    @Test func `whoever is killed, no job is lost, none has its effect twice, and only what was in hand is done again`()
        async throws
    {
        let storm = try await MixedFleetStorm(StormTests.isLong ? .whole : .short, seed: StormTests.seed)
        print("Mixed fleet storm: seed \(storm.seed) (STORM_SEED repeats it)")
        try await storm.fill()
        let start = ContinuousClock.now
        let (kills, jobs) = try await storm.rage()
        let took = ContinuousClock.now - start
        let account = try await storm.account(for: kills, jobs: jobs)

        #expect(jobs >= storm.size.jobs)
        #expect(kills.count == storm.size.kills)
        #expect(kills.allSatisfy { $0.active >= MixedFleetStorm.leastActive })
        #expect(storm.fleet.starts == MixedFleet.places + kills.count)
        #expect(account.lost == 0)
        #expect(account.doubledEffects == 0)
        #expect(account.doubledByDeath <= kills.count * MixedFleetStorm.concurrency)
        #expect(account.doubledOtherwise == 0)
        #expect(account.effects.count == 3, "Somebody did nothing: \(account.effects)")
        let names = Dictionary(grouping: kills, by: \.name).sorted { $0.key < $1.key }
        print(
            """
            Mixed fleet storm: \(jobs) jobs, \(kills.count) kills \
            (\(names.map { "\($0.key) \($0.value.count)" }.joined(separator: ", "))) \
            with \(kills.map { "\($0.active)" }.joined(separator: ", ")) jobs active: \
            lost \(account.lost), doubled effects \(account.doubledEffects), \
            \(account.visits) runs, \(account.doubledByDeath) of them done again after a kill \
            (allowed \(kills.count * MixedFleetStorm.concurrency)), \
            \(account.doubledOtherwise) for another reason; effects: \
            \(account.effects.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")); \
            \(took.components.seconds) s.
            """
        )
    }
}
