import Testing

@testable import Operations

@Test(arguments: [
    (JSON.null, "null"), (.bool(true), "true"), (.integer(-3), "-3"), (.number(0.93), "0.93"), (.number(1), "1"),
    (.number(.nan), "null"), (.string("ä\"\\\n\u{1}\u{2028}"), #""ä\"\\\n\u0001\u2028""#), (.array([]), "[]"),
    (.array([.null, .integer(1)]), "[null,1]"),
    (.object([.init("b", .null), .init("a", JSON(nil as String?))]), #"{"b":null,"a":null}"#),
])
func `values are written as JSON on one line`(value: JSON, line: String) {
    #expect(value.line == line)
}
