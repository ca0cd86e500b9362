import FoundationEssentials
import Model
import Testing

struct IDTests {
    private let now = Timestamp(milliseconds: 1_795_453_233_000)

    @Test func `is made of 26 characters that its own check accepts`() {
        var random = Dice(state: 1)
        for _ in 0..<1000 {
            let id = ID<Product>.make(at: now, using: &random)
            #expect(id.text.utf8.count == 26)
            #expect(ID<Product>(checking: id.text) == id)
        }
    }

    @Test func `sorts by the millisecond it was made in`() {
        var random = Dice(state: 2)
        var texts: [String] = []
        for step in [0, 1, 31, 32, 1023, 1024, 1_000_000, 100_000_000_000] {
            texts.append(ID<Product>.make(at: now + .milliseconds(step), using: &random).text)
        }
        #expect(texts == texts.sorted())
    }

    @Test func `is new every time`() {
        let ids = Set((0..<1000).map { _ in ID<Listing>.make(at: now) })
        #expect(ids.count == 1000)
    }

    @Test(arguments: ["a", "0a", "abc-123", String(repeating: "a", count: 64), "-"])
    func `accepts short lower case names`(text: String) {
        #expect(ID<Product>(checking: text)?.text == text)
    }

    @Test(arguments: [
        "", "A", "a b", "a:b", "a/b", "ä", "..", "12345", "0", String(repeating: "a", count: 65), "a\u{0}",
    ])
    func `refuses what could not have been made here`(text: String) {
        #expect(ID<Product>(checking: text) == nil)
    }

    @Test func `travels as its text`() throws {
        let id = ID<Product>("abc")
        let json = try JSONEncoder().encode([id])
        #expect(String(decoding: json, as: UTF8.self) == #"["abc"]"#)
        #expect(try JSONDecoder().decode([ID<Product>].self, from: json) == [id])
        #expect("\(id)" == "abc")
    }
}
