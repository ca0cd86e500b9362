import Testing

@testable import Markup

/// Pages made to keep a reader busy: what bounds the work is counted, not timed.
@Suite struct TrapTests {
    /// A tag with `count` attributes, each as `attribute` writes it, and a price after it.
    private func page(_ count: Int, _ attribute: (Int) -> String) -> String {
        "<h1>Lamp</h1><p \((0..<count).map(attribute).joined(separator: " "))>5,00 EUR</p><i id=last>end</i>"
    }

    @Test(
        arguments: [
            { "a\($0)=1" }, { "a\($0)=\">\"" }, { "a\($0) = '<b>'" }, { "a\($0)" }, { "a\($0)\n=\n\"</script>\"" },
        ] as [@Sendable (Int) -> String]
    )
    func `a tag keeps thousands of attributes at most, and the page goes on after it`(
        attribute: @Sendable (Int) -> String
    ) throws {
        for count in [20_000, 40_000] {
            let document = Document(html: page(count, attribute))
            let paragraph = try #require(try document.first("p"))
            // The parser compares each name with all before it: twice as many must not be four times the work.
            #expect(document.nodes[paragraph.index].count <= 8001)
            #expect(paragraph["a0"] != nil)
            #expect(paragraph.visibleText() == "5,00 EUR")
            #expect(try document.first("#last")?.visibleText() == "end")
        }
    }

    @Test(arguments: [
        "<p title='a > b' class=\"x\">text</p>",
        "<script>if (a <b && c> d) { \(String(repeating: "x y = 1 ", count: 9000)) }</script>",
        "<style>\(String(repeating: ".a { b: <c } ", count: 9000))</style>",
        "<!-- <a \(String(repeating: "b ", count: 9000))> -->",
        "<p>1 < 2 \(String(repeating: "word ", count: 9000))</p>",
        "<a title=\"\(String(repeating: "word ", count: 9000))\">text</a>", "<a b='", "<", "<a", "<!--", "<script>", "",
    ])
    func `what is no such tag stays as it is`(markup: String) {
        let bytes = Array((markup + String(repeating: " ", count: 9000)).utf8)
        var tamed = bytes
        TagGuard.tame(&tamed)
        #expect(tamed == bytes)
    }

    @Test func `end tags that close nothing are looked up through few open elements where many bytes follow`() {
        let depth = 1900
        for rest in [600_000, 6_000_000] {
            let closing = String(repeating: "</p>", count: rest / 4)
            let document = Document(html: String(repeating: "<div>", count: depth) + closing)
            let opened = document.elements.count { $0.is(.div) }
            #expect(opened * rest <= 2_000_000_000)
            #expect(opened > 100)
        }
    }

    @Test func `a deep page that ends soon is kept`() {
        let document = Document(html: String(repeating: "<div>", count: 1500) + "<b>deep</b>")
        #expect(document.root?.visibleText() == "deep")
    }

    @Test(arguments: [
        ("a < b </b> </scrip", "a < b </b> </scrip"), ("\u{1}a\tb\r\n\u{c}c", "a\tb\r\nc"),
        ("a\u{fffe}b\u{ffff}c\u{feff}", "abc\u{feff}"), ("</b>a", "a"), ("<!-- a --> b", "<!-- a --> b"),
        ("é > ü", "é > ü"),
        (String(repeating: "long ", count: 1000) + "</x>", String(repeating: "long ", count: 1000) + "</x>"),
        (">", ">"),
    ])
    func `the text of scripts and styles is what stands before their end tag`(text: String, expected: String) throws {
        for (name, end) in [("script", "</script>"), ("style", "</STYLE >"), ("script", "</ScRiPt\n>")] {
            let document = Document(html: "<div><\(name) type=x>\(text)\(end)<b>after</b></div>")
            let element = try #require(try document.first(name))
            #expect(element.rawText == expected)
            #expect(try document.first("b")?.visibleText() == "after")
            #expect(try document.first("b")?.parent?.is(.div) == true)
        }
    }

    @Test func `a script without an end tag holds the rest of the page`() throws {
        let document = Document(html: "<p>a</p><script>b<p>c</p></style>")
        #expect(try document.first("script")?.rawText == "b<p>c</p></style>")
    }
}
