import Markup
import Testing

@Suite struct JSONParserTests {
    private func one(_ text: String) -> JSONValue? { JSONParser.values(text).first }

    @Test func `reads plain JSON`() {
        let value = one(#"{"a":[1,-2.50,1e3,true,false,null,"x\n\"\\\/\u00e9\ud83d\ude00"],"b":{}}"#)
        let list: [JSONValue] = [
            .number("1"), .number("-2.50"), .number("1e3"), .bool(true), .bool(false), .null, .string("x\n\"\\/é😀"),
        ]
        #expect(value == .object([.init(key: "a", value: .array(list)), .init(key: "b", value: .object([]))]))
    }

    @Test(arguments: ["19.90", "0.1", "12345678901234567890.123456789", "1E5", "-0"])
    func `numbers stay the text they were`(number: String) {
        #expect(one("{\"price\":\(number)}")?["price"] == .number(number))
    }

    @Test(arguments: [
        (#"{"p":1,}"#, "a trailing comma"), (#"{"p":1,,"q":2}"#, "a doubled comma"), (#"[{"p":1,},]"#, "in arrays too"),
        ("{\"p\":1 // one\n}", "a line comment"), ("/* x */{\"p\":/* y */1}", "a block comment"),
        ("<![CDATA[ {\"p\":1} ]]>", "CDATA"), ("//<![CDATA[\n{\"p\":1}\n//]]>", "CDATA in comments"),
        ("<!-- {\"p\":1} -->", "an HTML comment"), ("{&quot;p&quot;:1}", "entities for quotes"),
        ("{\"d\":\"two\nlines\tand\u{1}\",\"p\":1}", "control characters in a string"), ("\u{feff}{\"p\":1}", "a mark"),
        (#"{"d":"a 15" screen","p":1}"#, "a bare quote in a string"), (#"{'p':1}"#, "single quotes"),
        ("{p:1}", "bare keys"),
        (#"{"q":undefined,"p":1}"#, "undefined"), (#"{"q":,"p":1}"#, "a missing value"), (#"{"p":1"#, "a missing end"),
        ("{\"q\":\"x\"\n\"p\":1}", "a missing comma"), (#"{"p":1};"#, "a semicolon"),
        (#"var x = {"p":1};"#, "an assignment"),
        (#"{"q":"\x41\q","p":1}"#, "escapes that are none"),
    ])
    func `forgives what shops write`(text: String, what: String) {
        let value = one(text)
        let found = value?.list.first?["p"] ?? value?["p"]
        #expect(found == .number("1"), "\(what)")
    }

    /// Decoding once left these as they were, and was tried again without end.
    @Test(arguments: ["{&quot;\u{301}p&quot;:1}", "{&#34;\u{5b3}p&#34;:1}", "&#34;\u{5b3}2;77"])
    func `a mark that joins an entity's end does not hold the reader`(text: String) {
        let names = JSONParser.values(text).flatMap(\.members).map { $0.key.unicodeScalars.last }
        #expect(names == (text.contains("p") ? ["p"] : []))
    }

    @Test func `several values in one text are several values`() {
        #expect(JSONParser.values("{\"a\":1}\n{\"a\":2} [3]").map { $0["a"]?.text ?? "-" } == ["1", "2", "-"])
    }

    @Test func `the first of a repeated key counts`() {
        #expect(one(#"{"a":1,"a":2}"#)?["a"] == .number("1"))
    }

    @Test func `deep nesting ends, and what follows is still read`() {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(one("{\"a\":\(deep),\"p\":1}")?["p"] == .number("1"))
        _ = one(String(repeating: "{\"a\":", count: 100_000))
    }

    @Test(arguments: [
        "", " ", "{", "}", "[", "]", ":", ",", "\"", "\\", "{\"", "{\"a", "[\"\\", "\\u", "{\"a\":\"\\u12", "nul",
    ])
    func `any text ends`(text: String) {
        #expect(JSONParser.values(text).count <= 1)
    }

    @Test func `values are reached by key, as lists and as text`() {
        let value = one(#"{"offers":[{"price":"5"}],"name":7,"none":null}"#)
        #expect(value?["offers"]?.list.first?["price"]?.text == "5")
        #expect(value?["name"]?.list.first?.text == "7")
        #expect(value?["none"]?.list == [])
        #expect(value?["missing"] == nil)
    }
}
