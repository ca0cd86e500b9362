import Model

extension RedisQueue {
    package func jobs(_ state: JobState, limit: Int, offset: Int) async throws -> [KeptJob] {
        try await run(.jobs, [state.rawValue, "\(limit)", "\(offset)"]).list.compactMap { reply in
            guard let id = reply[0].text else { return nil }
            let time = reply[5].number.map(Timestamp.init(milliseconds:))
            return KeptJob(
                id: id,
                name: JobName(reply[1].text ?? ""),
                added: Timestamp(milliseconds: reply[2].number ?? 0),
                attemptsMade: reply[3].number ?? 0,
                attempts: reply[4].number ?? 1,
                due: state == .delayed ? time : nil,
                ended: state == .failed ? time : nil,
                worker: Self.given(reply[6]),
                problem: Self.given(reply[7])
            )
        }
    }

    private static func given(_ reply: RedisReply) -> String? { reply.text.flatMap { $0.isEmpty ? nil : $0 } }

    package func retry(_ id: String) async throws -> Bool { try await run(.retry, [id]).number == 1 }

    package func remove(_ id: String) async throws -> Bool { try await run(.remove, [id]).number == 1 }
}
