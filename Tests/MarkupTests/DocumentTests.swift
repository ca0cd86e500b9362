import Markup
import Testing

@Suite struct DocumentTests {
    @Test func `reads names, attributes and text`() throws {
        let document = Document(html: "<div id=a class='x  y' hidden><P>one &amp; <b>two</b></P></div>")
        let div = try #require(try document.first("#a"))
        #expect(div.name == "div")
        #expect(div["class"] == "x  y")
        #expect(div["hidden"] == "")
        #expect(div["title"] == nil)
        #expect(try document.first("p")?.isVisible == false)
        #expect(try document.first("p")?.rawText == "one & two")
    }

    @Test func `parents, children and order`() throws {
        let document = Document(html: "<ul><li>1</li><li>2<i>3</i></li></ul><p>4</p>")
        let list = try #require(try document.first("ul"))
        #expect(list.children.map { $0.visibleText() } == ["1", "23"])
        #expect(try document.first("i")?.parent?.parent?.name == "ul")
        #expect(document.elements.map(\.name) == ["html", "body", "ul", "li", "li", "i", "p"])
        #expect(document.root?.name == "html")
    }

    @Test(arguments: [
        ("<p>a<script>b</script><style>c</style><template>d</template><noscript>e</noscript>f</p>", "af"),
        ("<p>a <span hidden>b</span><span style='color:red; Display : None'>c</span>d</p>", "a d"),
        ("<p>a<br>b</p>", "a b"),
        ("<p>  a \n\t b&nbsp;c  </p>", "a b c"),
        ("<div><p>a</p><p>b</p></div>", "a b"),
        ("<p>19<sup>99</sup> €</p>", "1999 €"),
        ("<p>price: <b>5</b><i>€</i></p>", "price: 5€"),
    ])
    func `visible text is what a person sees, on one line`(html: String, expected: String) {
        #expect(Document(html: html).root?.visibleText() == expected)
    }

    @Test func `knows what is hidden and what is crossed out`() throws {
        let document = Document(html: "<del>a<b>1</b></del><p style='text-decoration:line-through'>b</p><i>c</i>")
        let struck = try ["b", "p", "i"].map { name in
            let element = try #require(try document.first(name))
            return document.nodes[element.index].flags.contains(.struck)
        }
        #expect(struck == [true, true, false])
    }

    /// A style that is taken away by a script once the page has loaded.
    @Test func `a page that hides its body is still read`() {
        let document = Document(
            html: "<html style='visibility:hidden'><body style='display:none'><p>a</p></body></html>"
        )
        #expect(document.root?.visibleText() == "a")
    }

    @Test(arguments: [
        "", " ", "<", "<>", "</", "<!--", "<!", "&", "&#xFFFFFFFF;", "\u{0}", "<a b='", "<script>", "<title>",
        "<svg><![CDATA[",
        "<a <b <c>", "]]>", "<?xml", "<!DOCTYPE", "<p\u{0}a=b\u{0}>x\u{0}y", "<table><p><tr><td></table></p>",
    ])
    func `any text makes a document`(html: String) {
        let document = Document(html: html)
        _ = document.root?.visibleText()
        #expect(document.structuredData.jsonLD.isEmpty)
    }

    @Test func `any bytes make a document`() {
        // A small generator with a fixed seed: the same bytes every time.
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        let markup = Array("<>/='\"&;!-[]ps script style div itemscope itemprop content {}:,".utf8)
        for round in 0..<300 {
            let bytes = (0..<400).map { _ in round.isMultiple(of: 2) ? next() : markup[Int(next()) % markup.count] }
            for type in [nil, "text/html; charset=gbk", "text/html; charset=utf-16", "text/html; charset=shift_jis"] {
                let document = Document(bytes, contentType: type)
                _ = document.structuredData.metas
                #expect(document.nodes.allSatisfy { Int($0.end) <= document.nodes.count })
            }
        }
    }

    @Test(arguments: ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<font><p>"])
    func `deep nesting is cut off, not followed`(tag: String) {
        let html = String(repeating: tag, count: 50_000) + "deep" + String(repeating: "</i></div>", count: 50_000)
        let document = Document(html: html)
        #expect(document.nodes.count > 1000)
        #expect(document.nodes.count < 20_000)
    }

    @Test func `many attributes and a long text are kept whole`() throws {
        let attributes = (0..<3000).map { "a\($0)=\($0)" }.joined(separator: " ")
        let text = String(repeating: "word ", count: 200_000)
        let document = Document(html: "<p \(attributes)>\(text)</p>")
        let paragraph = try #require(try document.first("p"))
        #expect(paragraph["a2999"] == "2999")
        #expect(paragraph.rawText.utf8.count == text.utf8.count)
    }

    @Test func `a text that comes in pieces is one node`() {
        let long = String(repeating: "x", count: 100_000)
        let document = Document(html: "<script>\(long)</script>")
        #expect(document.nodes.filter(\.isText).count == 1)
    }

    @Test func `finds currency codes in scripts`() {
        let document = Document(
            html: """
                <script>a = {"currency":"USD", "currencyCode": 'CHF', "currency_code" : "SEK", currency: x, "currency":"EURO"}
                </script><div data-currency=GBP></div>
                """
        )
        #expect(document.codes(after: "urrency") == ["USD", "CHF", "SEK"])
        #expect(document.contains("currency_code"))
        #expect(!document.contains("currency-code"))
    }
}
