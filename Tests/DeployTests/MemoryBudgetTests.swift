import Testing

@testable import Deploy

struct MemoryBudgetTests {
    /// What a machine of 4 GB has when its kernel has taken its own.
    private static let small = 3915

    @Test func `what nobody says anything about fits a machine of 4 GB beside Coolify`() {
        let budget = MemoryBudget(CoolifyBed.wish())
        #expect(budget.limitsMiB == 2560)
        #expect(budget.words(of: Self.small) == "3915 MiB, of which databases and applications may take 2560")
    }

    @Test func `what does not fit is said, with what to do`() {
        var wish = CoolifyBed.wish()
        wish.postgres.memory = "2g"
        let words = MemoryBudget(wish).words(of: Self.small)
        #expect(words.contains("may take 3584: too much beside Coolify's own 500 to 1200. Lower “memory”"))
    }
}
