import Model
import PluginAPI
import Testing

@testable import Extraction

/// What a page is, when it is not a product with a price.
@Suite struct OutcomeTests {
    @Test(arguments: [
        (304, Outcome.unchanged), (404, .notFound), (410, .gone), (403, .blocked), (429, .blocked), (401, .blocked),
        (451, .blocked),
        (500, .unreachable), (502, .unreachable), (503, .unreachable), (418, .unreachable),
    ])
    func `a status says how the check ended`(status: Int, expected: Outcome) throws {
        let reading = try Shop.read(Shop.lamp("<p class=price>5,00 €</p>"), status: status)
        #expect(reading.outcome == expected)
        #expect(reading.price == nil)
        #expect((reading.note == nil) == (expected == .unchanged))
    }

    @Test(arguments: [
        ("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", Outcome.captcha),
        ("<title>Robot or human?</title><div id=px-captcha></div>", .captcha),
        ("<title>shop.example</title><script src=https://ct.captcha-delivery.com/c.js></script>", .captcha),
        ("<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>", .blocked),
        ("<title>Access Denied</title><h1>Access Denied</h1>Reference #18.1", .blocked),
        ("<title>Access to this page has been denied</title>", .blocked), ("<title>Queue-it</title>", .blocked),
        ("<title>You are being redirected...</title><script>sucuri_cloudproxy_js=''</script>", .blocked),
        ("<title>Shop</title><h1>Your access has been blocked</h1>", .blocked),
        ("<title>Shop</title><h4>Enter the characters you see below</h4>", .captcha),
    ])
    func `challenges are recognised whatever their status`(html: String, expected: Outcome) throws {
        for status in [200, 403, 503] {
            let reading = try Shop.read("<html><head></head><body>\(html)</body></html>", status: status)
            #expect(reading.outcome == expected)
            #expect(reading.note?.hasPrefix("The shop ") == true)
        }
    }

    /// Their scripts stand on ordinary pages too.
    @Test func `marks of a protection service do not make a page a challenge`() throws {
        let head =
            "<script src=/cdn-cgi/challenge-platform/x.js></script><script>var _pxAppId='x', g='g-recaptcha'</script>"
        let long = String(repeating: "<p>A lamp like this lights a whole room with one bulb.</p>", count: 30)
        let reading = try Shop.read(
            Shop.lamp("<p class=price>5,00 €</p><button>In den Warenkorb</button>" + long, head: head)
        )
        #expect(reading.outcome == .ok)
    }

    /// “Güvenlik” heads one shop's block page and names any shop's security cameras.
    @Test func `words of challenges may be a product's name`() throws {
        let long = String(repeating: "<p>Bu kamera bütün odayı gece gündüz net gösterir ve kaydeder.</p>", count: 50)
        let page =
            "<html lang=tr><head><title>Güvenlik kamerası</title></head><body><h1>Güvenlik kamerası</h1>"
            + "<p class=price>1.299,00 TL</p><button>Sepete ekle</button>\(long)</body></html>"
        let reading = try Shop.read(page, url: "https://shop.example.com.tr/kamera")
        #expect(reading.outcome == .ok)
        #expect(reading.price?.description == "1299.00 TRY")
    }

    @Test(arguments: [
        "<div itemscope itemtype=http://schema.org/Product>", "<b itemprop=price>5", "<p class=price>5,00 €</p>",
        "<h1>lamp</h1>", "<button>add to cart</button>",
        "<script type=application/ld+json>{\"@type\":\"Product\"}</script>",
        "<i hidden>5 €</i>", "<table><tr><td>", "1 ", "&", "<!--", "<a b=\"",
    ])
    func `a page that repeats itself ends`(part: String) throws {
        let reading = try Shop.read("<h1>lamp</h1>" + String(repeating: part, count: 20_000))
        #expect(reading.note != nil || reading.price != nil)
    }

    @Test(arguments: [
        ("application/pdf", "%PDF-1.7"), ("image/png", "x"), ("application/json", "{}"), ("text/html", "%PDF-1.7"),
        ("text/css", "a{}"),
        ("text/html", ""),
    ])
    func `what is no page is named`(type: String, body: String) throws {
        let reading = try Shop.read(body, type: type)
        #expect(reading.outcome == .notAPage)
        #expect(reading.note != nil)
    }

    @Test func `a page with the wrong type is still a page`() throws {
        let page = Shop.lamp("<p class=price>5,00 €</p><button>In den Warenkorb</button>")
        for type in [nil, "application/octet-stream", "text/plain", "application/xhtml+xml"] {
            #expect(try Shop.read(page, type: type).outcome == .ok)
        }
    }

    @Test func `an empty shell needs a browser`() throws {
        let reading = try Shop.read(
            "<html><head><title>Shop</title><script src=/app.js></script></head><body><div id=app></div></body></html>"
        )
        #expect(reading.outcome == .needsBrowser)
    }

    @Test func `many products are a listing`() throws {
        let cards = (1...12).map {
            "<li><a href=/p/\($0)><img src=\($0).jpg>Lamp \($0)</a><span class=price>\($0),99 €</span></li>"
        }
        let page =
            "<html lang=de><head><title>Lamps</title></head><body><h1>Lamps</h1><ul>\(cards.joined())</ul></body></html>"
        let reading = try Shop.read(page)
        #expect(reading.outcome == .listing)
        #expect(reading.price == nil)
    }

    @Test func `a list of products in structured data is a listing`() throws {
        let items = (1...6).map {
            "{\"@type\":\"ListItem\",\"item\":{\"@type\":\"Product\",\"name\":\"L\($0)\",\"offers\":{\"price\":\($0),\"priceCurrency\":\"EUR\"}}}"
        }
        let head = Shop.script("{\"@type\":\"ItemList\",\"itemListElement\":[\(items.joined(separator: ","))]}")
        #expect(
            try Shop.read("<html><head><title>Lamps</title>\(head)</head><body><h1>Lamps</h1></body></html>").outcome
                == .listing
        )
    }

    @Test func `an article that sells a subscription is not a product`() throws {
        let head =
            Shop.product(#"{"price":"5","priceCurrency":"EUR"}"#, name: "MAGAZINE")
            + Shop.script(#"{"@type":"NewsArticle","headline":"Lamp Arc"}"#)
        let text = String(repeating: "<p>Lamps have been with us for a very long time, says our author.</p>", count: 10)
        let reading = try Shop.read(Shop.lamp(text, head: head))
        #expect(reading.outcome == .notAProduct)
        #expect(reading.price == nil)
    }

    private static let cards = (1...12).map {
        "<li><a href=/p/\($0)><img src=\($0).jpg>Lamp \($0)</a><span class=price>\($0),99 €</span></li>"
    }.joined()

    @Test func `an article about many products is an article`() throws {
        let head = Shop.script(#"{"@graph":[{"@type":"WebPage"},{"@type":"Article","headline":"Lamp Arc"}]}"#)
        #expect(try Shop.read(Shop.lamp(Self.cards, head: head)).outcome == .notAProduct)
        // Of another name it is only mentioned.
        let other = Shop.script(#"{"@type":"Article","headline":"How to choose a bulb"}"#)
        #expect(try Shop.read(Shop.lamp(Self.cards, head: other)).outcome == .listing)
    }

    @Test(arguments: ["CollectionPage", "SearchResultsPage"])
    func `a page that calls itself a collection is a listing`(type: String) throws {
        let head = Shop.script("{\"@type\":\"\(type)\"}") + "<meta property=og:type content=article>"
        #expect(try Shop.read(Shop.lamp("<p>Lamps of all kinds.</p>", head: head)).outcome == .listing)
        let product = Shop.product(#"{"price":"5","priceCurrency":"EUR"}"#)
        #expect(try Shop.read(Shop.lamp("", head: head + product)).outcome == .ok)
    }

    @Test func `a restaurant with a menu is not a product`() throws {
        let item =
            "<div itemscope itemtype=https://schema.org/Restaurant><meta itemprop=name content='Lamp Arc'>"
            + "\(Self.cards)</div>"
        #expect(try Shop.read(Shop.lamp(item)).outcome == .notAProduct)
        let shop = Shop.script(#"{"@type":"LocalBusiness","name":"Shop"}"#)
        #expect(try Shop.read(Shop.lamp(Self.cards, head: shop)).outcome == .listing)
    }

    @Test func `what can be sorted by price is a listing, whatever has not been loaded yet`() throws {
        let sorting = "<select><option>Preis aufsteigend</option><option>Name</option></select>"
        let text = String(repeating: "<p>Lamps for the living room and the kitchen.</p>", count: 12)
        #expect(try Shop.read(Shop.lamp(text + sorting)).outcome == .listing)
    }

    @Test(arguments: [
        "{\"@type\":\"LocalBusiness\",\"name\":\"Shop\"}", "{\"@type\":\"Person\",\"name\":\"Lamp Arc\"}",
        "{\"@graph\":[{\"@type\":\"WebPage\"},{\"@type\":\"VideoObject\",\"name\":\"Lamp Arc in use\"}]}",
        "{\"@type\":\"Restaurant\",\"name\":\"Lamp Arc\"}",
    ])
    func `what stands beside a product in the data does not make it something else`(json: String) throws {
        let body = "<p class=price>5,00 €</p><button>In den Warenkorb</button>"
        #expect(try Shop.read(Shop.lamp(body, head: Shop.script(json))).outcome == .ok)
    }

    @Test func `tags of a product outweigh a collection in the data`() throws {
        let head =
            Shop.script("{\"@type\":\"CollectionPage\"}")
            + "<meta property=og:price:amount content=5.00><meta property=og:price:currency content=EUR>"
        #expect(try Shop.read(Shop.lamp("", head: head)).price?.description == "5.00 EUR")
    }

    @Test(arguments: ["Niedrigster Preis der letzten 30 Tage: 4,90 €", "Laagste prijs in 30 dagen"])
    func `the lowest price of thirty days is no way to sort`(text: String) throws {
        let long = String(repeating: "<p>This lamp lights a whole room with one bulb.</p>", count: 12)
        #expect(try Shop.read(Shop.lamp(long + "<p>\(text)</p>")).outcome != .listing)
    }

    @Test func `cards of plain text are a listing too`() throws {
        let cards = (1...12).map { "<li><a href=/p/\($0)>Stehlampe Arc \($0)9,99 €</a></li>" }.joined()
        #expect(try Shop.read(Shop.lamp("<ul>\(cards)</ul>")).outcome == .listing)
    }

    @Test func `names that are one character of a million bytes take no time`() throws {
        let mark = String(repeating: "\u{345}", count: 200_000)
        let head = Shop.product(#"{"price":"5","priceCurrency":"EUR"}"#, name: "a\(mark)b")
        let page = Shop.lamp("<h2>a\(mark)\(mark)</h2>", head: head + "<meta property=og:title content='a\(mark)'>")
        #expect(try Shop.read(page).price?.description == "5.00 EUR")
    }

    @Test func `sold out things in a list do not make it one product`() throws {
        let some = Self.cards + String(repeating: "<li><a href=/x>Lamp</a> ausverkauft</li>", count: 6)
        #expect(try Shop.read(Shop.lamp(some)).outcome == .listing)
    }

    @Test func `loose prices of many things are not one product's`() throws {
        let cards = (1...6).map { "<li><a href=/p/\($0)>Lamp \($0)</a><b itemprop=price>\($0),99</b></li>" }.joined()
        let reading = try Shop.read(Shop.lamp(cards))
        #expect(reading.outcome != .ok)
        #expect(reading.price == nil)
    }

    @Test func `models that look like amounts are no prices`() throws {
        let cards = (1...9).map { "<li><a href=/p/\($0)><img src=\($0).jpg>INFINITI Q\($0)0</a></li>" }.joined()
        #expect(try Shop.read(Shop.lamp(cards)).outcome == .notAProduct)
    }

    @Test func `a page about something else is not a product`() throws {
        let text = String(repeating: "<p>We opened our shop in the old town a long time ago.</p>", count: 12)
        #expect(try Shop.read(Shop.lamp(text)).outcome == .notAProduct)
    }

    @Test func `a product without a price`() throws {
        let text = String(repeating: "<p>This lamp lights a whole room with one bulb.</p>", count: 12)
        #expect(try Shop.read(Shop.lamp(text, head: "<meta property=og:type content=product>")).outcome == .noPrice)
    }

    @Test func `no bytes make it crash`() throws {
        for body in [
            "<", "<html>", "\u{0}\u{1}", String(repeating: "<div>", count: 5000), "{\"a\":",
            "<h1></h1><p class=price>€</p>",
        ] {
            _ = try Shop.read(body)
            _ = try Shop.read(Shop.lamp(body))
        }
    }

    @Test(arguments: [
        (ExchangeError.refused("No."), Outcome.refused), (.unreachable("No."), .unreachable),
        (.timeout("No."), .timeout),
        (.tooLarge(limit: 1), .tooLarge),
    ])
    func `what it means that no answer came`(error: ExchangeError, expected: Outcome) {
        #expect(Reading(error).outcome == expected)
        #expect(Reading(error).note == error.description)
    }
}
