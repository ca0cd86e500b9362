import Model
import Testing

@testable import Host

struct ConfigJSONTests {
    @Test(arguments: [
        (
            #"{"a": [1, -2.5e1, true, false, null, "x"]}"#,
            ConfigJSON.object([
                "a": .array([.integer(1), .number(-25), .bool(true), .bool(false), .null, .string("x")])
            ])
        ),
        ("\u{feff} {} ", .object([:])), ("[]", .array([])),
        (#""\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00""#, .string("\"\\/\u{8}\u{c}\n\r\tä😀")),
        ("0", .integer(0)), ("1e3", .number(1000)), (#"{"a":{"b":{}}}"#, .object(["a": .object(["b": .object([:])])])),
    ])
    func `JSON is read`(text: String, value: ConfigJSON) throws {
        #expect(try ConfigJSONParser.parse(text.utf8) == value)
    }

    @Test(arguments: [
        ("", 1, 1), ("{\n  \"a\": 1,\n}", 3, 1), (#"{"a": 01}"#, 1, 7), (#"{"a": .5}"#, 1, 7), (#"{"a": 1.}"#, 1, 7),
        (#"{"ä" 1}"#, 1, 6), ("// x\n{}", 1, 1), (#"{"a": tru}"#, 1, 7), (#"{"a": 1} x"#, 1, 10),
        (#"{"a": "\x"}"#, 1, 9), (#"{"a": "\u12"}"#, 1, 10), ("{\"a\": \"x\ny\"}", 1, 9), (#"{"a": 1"#, 1, 8),
        (#"{"a": 1, "a": 2}"#, 1, 10), (#"{"a": [1,]}"#, 1, 10), (#"{a: 1}"#, 1, 2), (#"{"a": "x"#, 1, 7),
        (#"{"a": "\ud83d"}"#, 1, 14),
    ])
    func `what is wrong is named with its line and column`(text: String, line: Int, column: Int) throws {
        let problem = try #require(throws: ConfigJSONParser.Problem.self) { try ConfigJSONParser.parse(text.utf8) }
        #expect((problem.line, problem.column) == (line, column), "\(problem)")
    }

    @Test func `brackets without end do not exhaust the stack`() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: ConfigJSONParser.Problem.self) { try ConfigJSONParser.parse(text.utf8) }
    }

    @Test func `keys are joined with dots and nulls are left out`() throws {
        let json = try ConfigJSONParser.parse(#"{"b": {"c": 1, "d": null}, "a.x": [2]}"#.utf8)
        #expect(json.flattened.map(\.key) == ["a.x", "b.c"])
    }

    @Test(arguments: [("abc", "abc", 0), ("prot", "port", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("ab", "ba", 1)])
    func `the distance between names counts letters to change`(from: String, to: String, distance: Int) {
        #expect(NearestKey.distance(Array(from), Array(to)) == distance)
    }
}
