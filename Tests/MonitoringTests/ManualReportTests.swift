import Model
@testable import Monitoring
import SQL
import Store
import TestSupport
import Testing

/// How often a report can be sent by hand.
@Suite(.timeLimit(.minutes(20)))
struct ManualReportTests {
    private static let noon = Timestamp(milliseconds: 1_795_435_200_000)

    private func owner(_ test: any Database) async throws -> ID<Account> {
        let account = Account(id: .make(at: Self.noon), name: "anna", created: Self.noon)
        try await test.transaction { try $0.insert(account, password: "hash") }
        return account.id
    }

    private func send(_ recipients: Int, at moment: Timestamp, isSent: Bool = true) -> ManualReportSend {
        ManualReportSend(id: .make(at: moment), recipients: recipients, isSent: isSent, started: moment)
    }

    /// What another report to one address is refused for, `now`; nil when it is not.
    private func refusal(after sends: [ManualReportSend], adding count: Int = 1, now: Timestamp) async throws
        -> ManualReportError?
    {
        try await TestDatabase.with(rooms: [(StoreSchema.room, StoreSchema.migrations)]) { test in
            let owner = try await owner(test.database)
            let zone = try TestZones.source("Europe/Berlin")
            return try await test.database.transaction { connection in
                for send in sends { try connection.insert(send, of: owner) }
                do {
                    try connection.checkLimits(of: owner, adding: count, zone: zone, lock: .seconds(15), now: now)
                    return nil
                } catch let error as ManualReportError {
                    return error
                }
            }
        }
    }

    @Test func `five within ten minutes, and the sixth when the first is older`() async throws {
        let sends = (0..<5).map { send(1, at: Self.noon + .minutes($0)) }
        #expect(try await refusal(after: Array(sends.dropLast()), now: Self.noon + .minutes(5)) == nil)
        #expect(
            try await refusal(after: sends, now: Self.noon + .minutes(5)) == .rollingWindow(retryAfter: .minutes(5))
        )
        #expect(try await refusal(after: sends, now: Self.noon + .minutes(10)) == nil)
    }

    @Test func `ninety-nine addresses a day, until midnight by the clock of the zone`() async throws {
        // Midnight in Berlin is at 23:00 of UTC: eleven hours after noon.
        let sends = (0..<33).map { send(3, at: Self.noon - .hours(1) + .minutes(-$0)) }
        #expect(
            try await refusal(after: sends, now: Self.noon)
                == .dailyRecipients(left: 0, retryAfter: .hours(11))
        )
        #expect(
            try await refusal(after: Array(sends.dropLast()), adding: 4, now: Self.noon)
                == .dailyRecipients(left: 3, retryAfter: .hours(11))
        )
        #expect(try await refusal(after: Array(sends.dropLast()), adding: 3, now: Self.noon) == nil)
        #expect(try await refusal(after: sends, now: Self.noon + .hours(11)) == nil)
    }

    @Test func `one whose process died keeps others from it for as long as it could run, and then counts nothing`()
        async throws
    {
        let sends = (0..<9).map { send(50, at: Self.noon - .seconds($0), isSent: false) }
        #expect(
            try await refusal(after: sends, now: Self.noon + .seconds(5)) == .inProgress(retryAfter: .seconds(2))
        )
        #expect(try await refusal(after: sends, now: Self.noon + .seconds(16)) == nil)
    }
}
