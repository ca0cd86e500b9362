/// How much memory databases and applications may take of a machine, on which Coolify itself is too.
struct MemoryBudget: Hashable, Sendable {
    /// What Coolify takes with its own database, Redis and proxy, by what people report, in MiB.
    private static let coolify = 500...1200

    /// The limits of all of them together.
    let limitsMiB: Int

    init(_ wish: EnvironmentWish) {
        let limits = [wish.postgres.memory, wish.redis.memory] + wish.applications.map(\.memory)
        limitsMiB = limits.compactMap(DockerMemory.bytes).reduce(0, +) / (1 << 20)
    }

    /// What there is to say of a machine that has `total` MiB; no sentence.
    func words(of total: Int) -> String {
        let fits = "\(total) MiB, of which databases and applications may take \(limitsMiB)"
        guard limitsMiB + Self.coolify.upperBound > total else { return fits }
        return
            "\(fits): too much beside Coolify's own \(Self.coolify.lowerBound) to \(Self.coolify.upperBound). Lower “memory” of "
            + "some, or take a larger machine"
    }
}
