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
        "<p>1 < 2 \(String(repeating: "word ", count: 9000))</p>",
        "<a title=\"\(String(repeating: "word ", count: 9000))\">text</a>", "<a b='", "<", "<a", "<!--", "<script>", "",
    ])
    func `what is no such tag stays as it is`(markup: String) {
        let bytes = Array((markup + String(repeating: " ", count: 9000)).utf8)
        #expect(PageText(bytes).bytes == bytes)
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

    @Test(.timeLimit(.minutes(20)))
    func `the end of a script that has none is looked for once`() throws {
        let page = "<title>Lamp</title>" + String(repeating: "<script type=x>1</sc>", count: 100_000)
        #expect(try Document(html: page).first("title")?.visibleText() == "Lamp")
    }

    @Test(arguments: [1, 100, 4096])
    func `of a text that is asked for up to a limit no more is taken`(limit: Int) throws {
        let document = Document(html: "<p>\(String(repeating: "ü", count: 10_000))</p>")
        let text = try #require(try document.first("p")).visibleText(limit: limit)
        #expect(text.utf8.count == limit + limit % 2)
        #expect(text.allSatisfy { $0 == "ü" })
    }

    @Test func `the beginning of a text is not looked for through a whole page of nothing`() throws {
        for nothing in [String(repeating: "<br>", count: 50_000), String(repeating: " ", count: 50_000)] {
            let paragraph = try #require(try Document(html: "<p><i></i>\(nothing)end</p>").first("p"))
            #expect(paragraph.visibleText(limit: 4096).isEmpty)
            #expect(paragraph.visibleText() == "end")
        }
    }

    /// Each kept a copy: 600 kB of page became 10 GB.
    @Test func `the names of one property share its text`() throws {
        let names = String(repeating: "price ", count: 30_000)
        let content = String(repeating: "5", count: 1000)
        let page = "<div itemscope><i itemprop='\(names)' content='\(content)'></i></div>"
        let item = try #require(Document(html: page).structuredData.microdata.first)
        #expect(item.properties.count == 20_000)
        let places = item.properties.map { property in
            property.text.utf8.withContiguousStorageIfAvailable { UInt(bitPattern: $0.baseAddress) }
        }
        #expect(places.first != .some(nil))
        #expect(Set(places).count == 1)
    }

    @Test func `what items refer to is gone through up to a bound`() {
        let region = "<div id=x>" + String(repeating: "<br>", count: 120_000) + "<b itemprop=price>5</b></div>"
        let items = String(repeating: "<i itemscope itemref=x></i>", count: 20)
        let read = Document(html: items + region).structuredData.microdata
        #expect(read.count == 20)
        #expect(read.count { $0["price"]?.text == "5" } == 4)
    }
}
