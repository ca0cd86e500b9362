import Markup
import Model
import PluginAPI
import Testing

@testable import Extraction

/// Pages that are hard to read: each gets its own clear answer.
@Suite struct BadInputTests {
    @Test(
        arguments: [
            (
                "windows-1251",
                [0xd6, 0xe5, 0xed, 0xe0, 0x3a, 0x20, 0x31, 0xa0, 0x32, 0x39, 0x39, 0x20, 0xf0, 0xf3, 0xe1, 0x2e], "ru",
                "1299.00 RUB"
            ),
            ("shift_jis", [0x89, 0xbf, 0x8a, 0x69, 0x20, 0x31, 0x2c, 0x32, 0x39, 0x39, 0x89, 0x7e], "ja", "1299 JPY"),
            ("gbk", [0xbc, 0xdb, 0xb8, 0xf1, 0x20, 0x31, 0x32, 0x39, 0x39, 0xd4, 0xaa], "zh-CN", "1299.00 CNY"),
        ] as [(String, [UInt8], String, String)]
    )
    func `a character set that the header alone names`(
        label: String,
        price: [UInt8],
        language: String,
        expected: String
    ) throws {
        let body =
            Array("<html lang=\(language)><title>Lamp Arc</title><h1>Lamp Arc</h1><p class=price>".utf8) + price
            + Array("</p>".utf8)
        let address = "https://shop.example/lamp"
        let answer = HTTPResponse(
            status: 200,
            headers: ["Content-Type": "text/html; charset=\(label)"],
            body: body,
            url: address
        )
        let reading = PageReader(scrapers: []).read(answer, asked: try WebAddress(address), supplements: [])
        #expect(reading.outcome == .ok)
        #expect(reading.price?.description == expected)
    }

    @Test(arguments: [
        #"{"@type":"Product","name":"Lamp Arc","offers":{"price":"19.90","priceCurrency":"EUR",},}"#,
        "/* shop */ {\"@type\":\"Product\", // the lamp\n\"name\":\"Lamp Arc\",\"offers\":{\"price\":\"19.90\",\"priceCurrency\":\"EUR\"}}",
        "//<![CDATA[\n{\"@type\":\"Product\",\"name\":\"Lamp Arc\",\"offers\":{\"price\":\"19.90\",\"priceCurrency\":\"EUR\"}}\n//]]>",
    ])
    func `structured data with trailing commas, comments or CDATA is read`(json: String) throws {
        let reading = try Shop.read(Shop.lamp("", head: Shop.script(json)))
        #expect(reading.outcome == .ok)
        #expect(reading.price?.description == "19.90 EUR")
        #expect(reading.strategy == "json-ld")
    }

    @Test func `a bare 1.299 that nothing explains is ambiguous, and its note says why`() throws {
        let page = "<title>Lamp Arc</title><h1>Lamp Arc</h1><p class=price>1.299</p>"
        let reading = try Shop.read(page, url: "https://shop.example/lamp")
        #expect(reading.outcome == .ambiguous)
        #expect(reading.price == nil)
        #expect(reading.note == "The point in “1.299” may stand before decimals or between thousands.")
        let german = try Shop.read(
            Shop.lamp("<p class=price>1.299</p>", head: "<meta property='product:price:currency' content='EUR'>")
        )
        #expect(german.price?.description == "1299.00 EUR")
    }

    @Test func `markup nested 100,000 deep is read as far as it goes`() throws {
        let deep = String(repeating: "<div><b>", count: 50_000) + String(repeating: "</b></div>", count: 50_000)
        let reading = try Shop.read(Shop.lamp("<p class=price>19,90 €</p>" + deep))
        #expect(reading.outcome == .ok)
        #expect(reading.price?.description == "19.90 EUR")
    }

    @Test func `structured data nested 100,000 deep hides nothing that stands beside it`() throws {
        let deep = Shop.script(String(repeating: "{\"@graph\":[", count: 100_000))
        let reading = try Shop.read(
            Shop.lamp("", head: deep + Shop.product(#"{"price":"19.90","priceCurrency":"EUR"}"#))
        )
        #expect(reading.price?.description == "19.90 EUR")
    }

    @Test func `tens of thousands of prices are looked at up to a bound`() throws {
        for count in [50_000, 100_000] {
            let page = Shop.lamp(String(repeating: "<div class=price>5,00 €</div>", count: count))
            let address = try WebAddress("https://shop.example.de/lamp")
            let survey = Survey(Page(address: address, document: Document(html: page)))
            #expect(survey.visible.spots.count == 600)
        }
    }

    @Test func `a title is one line, whatever ends a line in it, and none where only the shop's name is left`() throws {
        for end in ["\u{85}", "\u{2028}", "&#x2029;"] {
            let reading = try Shop.read("<h1>Lamp\(end)Arc\(end)</h1><p class=price>19,90 €</p>")
            #expect(reading.title == "Lamp Arc")
        }
        let named = "<meta property='og:site_name' content=Shop><h1>: Shop</h1><p class=price>19,90 €</p>"
        #expect(try Shop.read(named).title == nil)
    }
}
