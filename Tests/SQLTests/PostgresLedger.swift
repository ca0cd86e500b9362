import SQL
import Synchronization
import Testing

/// Many small transactions, what was said of each, and whether the database holds what it then must.
final class PostgresLedger: Sendable {
    private enum End {
        case stored, failed, uncertain
    }

    private struct State {
        var next = 0
        var ends: [Int: End] = [:]
        var stored = 0
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let database: any Database
    private let state = Mutex(State())

    init(_ database: any Database) { self.database = database }

    /// Nothing keeps a transaction from being stored twice but the driver.
    func open() async throws {
        try await database.transaction { connection in
            try connection.run("CREATE TABLE entry (number BIGINT NOT NULL)")
            try connection.run("CREATE TABLE total (entries BIGINT NOT NULL)")
            try connection.run("INSERT INTO total (entries) VALUES (0)")
        }
    }

    /// Writes one entry after the other while `harm` runs, some of them at the same time.
    func write(writers: Int = 6, during harm: () async throws -> Void) async throws {
        let goesOn = Flag()
        try await withThrowingTaskGroup { group in
            for _ in 0..<writers {
                group.addTask { while goesOn.isOn { try await self.writeNext() } }
            }
            do {
                try await harm()
            } catch {
                goesOn.isOn = false
                throw error
            }
            goesOn.isOn = false
            try await group.waitForAll()
        }
    }

    /// Writes one entry; only what the database itself may suffer from is no error.
    func writeNext() async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        do {
            try await database.transaction(number.isMultiple(of: 2) ? .serializable : .locking) { connection in
                try connection.run("INSERT INTO entry (number) VALUES (\(number))")
                try connection.run("UPDATE total SET entries = entries + 1")
            }
            note(.stored, of: number)
        } catch SQLError.uncertain {
            note(.uncertain, of: number)
        } catch SQLError.unreachable, SQLError.busy, SQLError.crowded {
            note(.failed, of: number)
        }
    }

    /// Returns when that many more entries are stored than now.
    func wait(forMore count: Int) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiting.append(($0.stored + count, continuation)) }
        }
    }

    /// What was stored is there once, what failed is not, and what nobody knew of is there once or not.
    func check(with other: any Database) async throws {
        let (found, total) = try await other.read { connection in
            let rows = try connection.rows("SELECT number, COUNT(*) AS times FROM entry GROUP BY number")
            return (
                try Dictionary(uniqueKeysWithValues: rows.map { (try $0.int("number"), try $0.int("times")) }),
                try connection.row("SELECT entries FROM total")?.int("entries")
            )
        }
        let ends = state.withLock(\.ends)
        #expect(!ends.values.allSatisfy { $0 != .stored })
        for (number, end) in ends {
            let times = found[number] ?? 0
            switch end {
            case .stored: #expect(times == 1, "entry \(number) was stored")
            case .failed: #expect(times == 0, "entry \(number) failed")
            case .uncertain: #expect(times <= 1, "entry \(number) was uncertain")
            }
        }
        #expect(Set(found.keys).isSubset(of: Set(ends.keys)))
        #expect(total == found.values.reduce(0, +))
    }

    private func note(_ end: End, of number: Int) {
        let ready = state.withLock { state in
            state.ends[number] = end
            if end == .stored { state.stored += 1 }
            let stored = state.stored
            defer { state.waiting.removeAll { $0.count <= stored } }
            return state.waiting.filter { $0.count <= stored }.map(\.continuation)
        }
        for continuation in ready { continuation.resume() }
    }
}
