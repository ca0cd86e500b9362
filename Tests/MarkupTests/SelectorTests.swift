import Markup
import Testing

@Suite struct SelectorTests {
    private let document = Document(
        html: """
            <main id="m"><div class="box price big" data-x="a-b-c"><p>1</p><span><p lang=de>2</p></span></div>
            <div class="boxed"><a href="/products/lamp.html">3</a></div><P class="price">4</P></main>
            """
    )

    @Test(arguments: [
        ("p", ["1", "2", "4"]), (".price", ["1 2", "4"]), ("p.price", ["4"]), (".box.price", ["1 2"]), (".bo", []),
        ("#m > p", ["4"]), ("div > p", ["1"]), ("div p", ["1", "2"]), ("main div span p", ["2"]), ("[lang]", ["2"]),
        ("[lang=de]", ["2"]), ("a[href^='/products/']", ["3"]), ("a[href$=\".html\"]", ["3"]), ("a[href*=lamp]", ["3"]),
        ("a[href*='']", []), ("[data-x~=a]", []), ("[class~=big]", ["1 2"]), ("p[lang], a", ["2", "3"]),
        ("span > *", ["2"]),
    ])
    func `selects`(selector: String, expected: [String]) throws {
        #expect(try document.all(selector).map { $0.visibleText() } == expected)
    }

    @Test(arguments: [
        "", " ", ">", "a >", "> a", "a,,b", "a[", "a[b", "a[b=", "a[b='c]", "a:hover", "a::b", "#", ".", "a + b",
    ])
    func `says what is wrong with a selector`(text: String) {
        let error = #expect(throws: SelectorError.self) { try document.all(text) }
        #expect(error?.description.hasPrefix("The selector “\(text)” ") == true)
    }

    @Test func `the first of several`() throws {
        #expect(try document.first("p")?.visibleText() == "1")
        #expect(try document.first("table") == nil)
    }
}
