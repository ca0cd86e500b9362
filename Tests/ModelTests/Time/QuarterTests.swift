import Model
import Testing

struct QuarterTests {
    @Test(arguments: [
        ("2026q1", 1_767_225_600_000), ("2026q4", 1_790_812_800_000), ("1970q1", 0), ("1969q4", -7_948_800_000),
    ])
    func `begins with its first moment and ends with the next one's`(text: String, start: Int) throws {
        let quarter = try #require(Quarter(text))
        #expect(quarter.start == Timestamp(milliseconds: start))
        #expect("\(quarter)" == text)
        #expect(Quarter(quarter.start) == quarter)
        #expect(Quarter(quarter.next.start - .milliseconds(1)) == quarter)
        #expect(Quarter(quarter.next.start) == quarter.next)
    }

    @Test(arguments: ["", "2026", "2026q", "2026q0", "2026q5", "q1", "2026q1q", "other"])
    func `other texts are no quarters`(text: String) { #expect(Quarter(text) == nil) }
}
