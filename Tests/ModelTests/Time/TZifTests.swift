import Model
import TestSupport
import Testing

struct TZifTests {
    private static let berlin = ZoneFile(
        rule: "CET-1CEST,M3.5.0,M10.5.0/3",
        first: 3208,
        changes: [
            (at: -2_422_054_408, offset: 3600), (at: -1_693_706_400, offset: 7200), (at: -1_680_483_600, offset: 3600),
        ]
    )

    @Test(arguments: [2, 3, 4])
    func `reads the later versions`(version: Int) throws {
        var file = Self.berlin
        file.version = version
        let zone = try Zone(name: "Europe/Berlin", tzif: file.bytes)
        #expect(zone.offset(at: try Timestamp("1890-01-01T00:00:00Z")) == .seconds(3208))
        #expect(zone.offset(at: try Timestamp("1916-07-01T00:00:00Z")) == .hours(2))
        #expect(zone.offset(at: try Timestamp("2100-07-01T00:00:00Z")) == .hours(2))
    }

    @Test func `reads the first version, which has no rule`() throws {
        let changes = [(at: 1_000_000_000, offset: -3600), (at: 1_500_000_000, offset: 3600)]
        let zone = try Zone(name: "Old", tzif: ZoneFile(rule: "", changes: changes, version: 1).bytes)
        #expect(zone.offset(at: Timestamp(milliseconds: 999_999_999_999)) == .zero)
        #expect(zone.offset(at: Timestamp(milliseconds: 1_000_000_000_000)) == .hours(-1))
        #expect(zone.offset(at: try Timestamp("2300-01-01T00:00:00Z")) == .hours(1))
    }

    @Test(arguments: [
        "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3,", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CE-1", "<CET-1", "<>-1", "CET-25", "CET-1:60",
        "CET-1CEST,J0,J365", "CET-1CEST,J366,J365", "CET-1CEST,366,1", "CET-1CEST,M3.5.0/168,M10.5.0", "CET--1",
        "CET-1CEST,M3.5.0,M10.5.0/3 ", "CET-1111111111111111111111", "<Ж>-1",
    ])
    func `refuses a rule that is none`(rule: String) {
        #expect(throws: ZoneError.malformed("its last line “\(rule)” is not a rule")) { try Zone.made(rule: rule) }
    }

    @Test func `says what is wrong with a file`() throws {
        let bytes = Self.berlin.bytes
        #expect(throws: ZoneError.notTZif) { try Zone(name: "X", tzif: Array("<html>".utf8)) }
        #expect(throws: ZoneError.truncated) { try Zone(name: "X", tzif: bytes.prefix(200)) }
        #expect(throws: ZoneError.truncated) { try Zone(name: "X", tzif: []) }
        var leaping = Self.berlin
        leaping.leapSeconds = 2
        #expect(throws: ZoneError.countsLeapSeconds) { try Zone(name: "right/X", tzif: leaping.bytes) }
        var disordered = Self.berlin
        disordered.changes.reverse()
        #expect(throws: ZoneError.malformed("its changes are not in the order of time")) {
            try Zone(name: "X", tzif: disordered.bytes)
        }
        var far = Self.berlin
        far.first = 200_000
        #expect(throws: ZoneError.malformed("an offset from UTC is beyond all reason")) {
            try Zone(name: "X", tzif: far.bytes)
        }
        #expect("\(ZoneError.truncated)" == "The zone's file ends too early. Install the package “tzdata” again.")
    }

    @Test func `is never ended by hostile bytes`() {
        var random = Dice(state: 42)
        let whole = Self.berlin.bytes
        var (zones, refusals) = (0, 0)
        for round in 0..<20_000 {
            var bytes = whole
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] =
                    [0, 0x7f, 0x80, 0xff, UInt8.random(in: 0...255, using: &random)]
                    .randomElement(using: &random) ?? 0
            }
            if round.isMultiple(of: 3) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            guard let zone = try? Zone(name: "Fuzz", tzif: bytes) else {
                refusals += 1
                continue
            }
            zones += 1
            for milliseconds in [Int.min, -2_500_000_000_000, 0, 1_795_435_200_000, 9_000_000_000_000, Int.max] {
                let moment = Timestamp(milliseconds: milliseconds)
                #expect(abs(zone.offset(at: moment).components.seconds) < 2 * 26 * 3600)
                #expect(!moment.iso8601(in: zone).isEmpty)
            }
        }
        // Both were tried.
        #expect(zones > 1000 && refusals > 1000)
    }

    @Test func `takes a beginning of all time for what it is`() throws {
        let zone = try Zone.made(rule: "<+05>-5", changes: [(at: Int.min, offset: 3600), (at: 0, offset: 18000)])
        #expect(zone.offset(at: Timestamp(milliseconds: -1)) == .hours(1))
        #expect(zone.offset(at: Timestamp(milliseconds: 0)) == .hours(5))
    }
}
