import SQL
import TestSupport
import Testing

/// Pages that take long to read, under full load.
@Suite(.timeLimit(.minutes(20)))
struct SlowReadingTests {
    private static let listings = 48

    @Test
    func `pages of ours are answered while every worker reads a page that is made to be slow`() async throws {
        let server = try SlowPage.shop()
        let installation = try Installation(Household.settings())
        let ledger = Ledger(installation)
        let answered = try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await ledger.watch((0..<Self.listings).map { ("\(server.url(host: Shop.host))/\($0)", nil) })
            _ = await server.requests(Self.listings / 2)
            var (answered, isReading) = (0, true)
            while isReading {
                let page = try await home.visitor.open("/")
                #expect(page.status == 200)
                // Begun and ended while pages of the shop were still being read.
                isReading =
                    try await ledger.look { try $0.number("SELECT COUNT(*) AS n FROM check_log") } < Self.listings
                if isReading { answered += 1 }
            }
            return answered
        }
        print("Slow reading: \(answered) pages answered while \(Self.listings) slow ones were read.")
        #expect(answered >= 5)
    }
}
