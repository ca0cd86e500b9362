import FoundationEssentials
import Model
import Testing

struct TimestampTests {
    private let noon = Timestamp(milliseconds: 43_200_000)

    @Test(arguments: [
        (Duration.milliseconds(1), 43_200_001), (.seconds(1), 43_201_000), (.minutes(1), 43_260_000),
        (.hours(1), 46_800_000),
        (.days(1), 129_600_000), (.seconds(-1), 43_199_000), (.nanoseconds(999_999), 43_200_000), (.zero, 43_200_000),
    ])
    func `moves by spans`(span: Duration, expected: Int) {
        #expect((noon + span).milliseconds == expected)
        #expect(noon + span - span == noon)
    }

    @Test func `measures the span between two moments`() {
        #expect(noon + .seconds(90) - noon == .seconds(90))
        #expect(noon - (noon + .seconds(90)) == .seconds(-90))
        #expect(noon < noon + .milliseconds(1))
    }

    @Test(arguments: [
        (Duration.microseconds(1_999), 1), (.microseconds(-1_999), -1), (.seconds(-2), -2000),
        (.milliseconds(2_500), 2500),
    ])
    func `rounds spans toward zero`(span: Duration, expected: Int) {
        #expect(span.wholeMilliseconds == expected)
    }

    @Test func `travels as a number`() throws {
        let json = try JSONEncoder().encode([noon])
        #expect(String(decoding: json, as: UTF8.self) == "[43200000]")
        #expect(try JSONDecoder().decode([Timestamp].self, from: json) == [noon])
    }
}
