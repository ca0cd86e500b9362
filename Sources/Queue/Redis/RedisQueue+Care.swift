import Model

extension RedisQueue {
    package func recoverStalled() async throws -> Int {
        let reply = try await run(.held, ["\(settings.keptFailures)"])
        tellRefused(reply[1])
        let held = reply[0].list.compactMap(LockWatch.Held.init)
        let recovered = try await recover(watch.dead(held, at: elapsed()))
        try await mendDelays()
        try await repairSchedulers()
        return recovered
    }

    /// How many wait again.
    private func recover(_ dead: [LockWatch.Held]) async throws -> Int {
        guard !dead.isEmpty else { return 0 }
        let words = dead.flatMap { [$0.id, $0.lock, $0.turn] }
        return try await run(
            .recover,
            ["\(Stalls.most)", "\(settings.keptFailures)", Stalls.problem, "\(dead.count)"] + words
        ).number ?? 0
    }

    /// Some of them at each time, the ones that are due last before the others, so that it takes the same however many
    /// jobs are delayed.
    private func mendDelays() async throws {
        let count = try await run(.mendDelays, ["\(Self.mended)", "\(mended.current)"]).number ?? 0
        mended.move(to: count < Self.mended ? 0 : mended.current + count)
    }

    private static let mended = 1000
}

extension LockWatch.Held {
    fileprivate init?(_ reply: RedisReply) {
        guard let id = reply[0].text else { return nil }
        self.init(
            id: id,
            lock: reply[1].text ?? "",
            until: reply[2].number ?? 0,
            turn: reply[3].text ?? ""
        )
    }
}
