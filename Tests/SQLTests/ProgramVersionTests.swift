import SQL
import Testing

struct ProgramVersionTests {
    @Test(arguments: [
        ("0.1.0", "0.1.1"), ("0.9", "0.10"), ("0.10.3", "1"), ("1.2.3", "1.2.3.1"), ("0.3.0-beta", "0.3.1"),
    ])
    func `versions are ordered by their numbers`(older: String, newer: String) throws {
        let (older, newer) = (try #require(ProgramVersion(older)), try #require(ProgramVersion(newer)))
        #expect(older < newer)
        #expect(!(newer < older))
    }

    @Test(arguments: ["0.3", "0.3.0", "0.3.0.0", "0.3.0+build.7", "0.3-beta"])
    func `missing numbers are zeros, and what follows the numbers does not count`(text: String) {
        #expect(ProgramVersion(text)?.description == "0.3.0")
    }

    @Test(arguments: ["", "v1", "1..2", "1.x", ".", "-1.0"])
    func `what is no version is refused`(text: String) {
        #expect(ProgramVersion(text) == nil)
    }
}
