import Model
import Testing

@testable import Extraction

/// Amounts beside the price that are something else.
@Suite struct PriceTrapTests {
    private static func read(_ body: String, head: String = "") throws -> Reading {
        try Shop.read(Shop.lamp(body, head: head, lang: "en"), url: "https://shop.example.co.uk/lamp")
    }

    private static let price = "<p class=price>£19.99</p>"
    private static let buy = "<button>Add to cart</button>"

    @Test(arguments: [
        price + buy + "<div class=gift-card><span class=price>£50.00</span> gift card</div>",
        price + "<p>£14.99 with coupon LAMP5</p>" + buy,
        "<p class=price>Members £15.99</p>" + price + buy,
        "<p class='price member-price'>£15.99 member price</p>" + price + buy,
        price + buy + "<div><a href=/used>Refurbished from £9.99</a></div>",
        price + buy + "<div class=offers>3 new offers from <span class=price>£17.50</span></div>",
        price + "<p class=price>plus £0.25 deposit</p>" + buy,
        price + "<p class=price>or 4 payments of £5.00</p>" + buy,
        price + "<p class=price>£16.66 ex. VAT</p>" + buy,
        price + "<p class=price>Save £10.00</p><p class=price>Was £29.99</p>" + buy,
        price + "<p>Trade in and get £5.00 off</p>" + buy,
        price + buy + "<div><h3>Buy together</h3><p class=price>Total: £59.97</p></div>",
    ])
    func `the price is what everybody pays for one, new, now`(body: String) throws {
        #expect(try Self.read(body).price?.description == "19.99 GBP")
    }

    @Test(arguments: ["<p class=price>£49.75 per month</p>", "<p class=price>£1.99 / 100 ml</p>"])
    func `a part of the price is never sure, though nothing else stands there`(body: String) throws {
        #expect(try Self.read(body + Self.buy).confidence < 0.8)
    }

    @Test(arguments: ["£3.50/unit", "£3.50 / ea", "£3.50/each", "£3.50 / pc."])
    func `for each is for one`(text: String) throws {
        #expect(SpotText.isPerPiece(text))
        #expect(!SpotText.isPerPiece(text + " kg"))
    }

    @Test(arguments: [
        ("9999.00", "Price on request"), ("99999", "Call for price"), ("0.01", "Contact us for pricing"),
        ("1.00", "Request a quote"), ("123456", "Price upon request"),
    ])
    func `an amount that stands for none is no price where one has to ask`(amount: String, text: String) throws {
        let head = Shop.product("{\"price\":\"\(amount)\",\"priceCurrency\":\"GBP\"}")
        let body = "<p class=price>£\(amount)</p><p>\(text)</p>"
        let reading = try Self.read(body, head: head)
        #expect(reading.price == nil)
        #expect(reading.outcome == .noPrice)
        // The same amount without these words may be a price, and these words beside another may mean a service.
        #expect(try Self.read("<p class=price>£\(amount)</p>" + Self.buy, head: head).price != nil)
        let other = Shop.product(#"{"price":"19.99","priceCurrency":"GBP"}"#)
        #expect(try Self.read(Self.price + Self.buy + "<p>Fitting: \(text)</p>", head: other).price != nil)
    }

    @Test(arguments: [
        "<p class=price>Call for price</p><p>Delivery £4.99</p>", "<img src=price.png alt='£19.99' class=price>",
        "<p>Free shipping over £50.00</p>", "<p class=price-info>Free delivery on orders over £50.00</p>",
        "<p class=price>£0.00</p>",
    ])
    func `what is no price is not taken for one`(body: String) throws {
        let reading = try Self.read(body, head: "<meta property=og:type content=product>")
        #expect(reading.price == nil)
        #expect(reading.outcome == .noPrice)
    }

    @Test(arguments: [
        "<p class=price>from £19.99</p>", "<p class=price>£19.99 to £29.99</p>", "<p class=price>£19.99 and up</p>",
        "<p class=price>dès 19,99 £</p>", "<p class=price>£19.99</p><p>per month</p>",
        "<p>All orders under <b class=price>£19.99</b> incur a surcharge of our warehouse.</p>",
        "<div class='modal hide'><b class=price>£19.99</b></div>",
    ])
    func `a lone amount that may be something else is not sure`(body: String) throws {
        #expect(try Self.read(body + Self.buy).confidence < 0.8)
    }

    @Test func `a label above the price does not make an accessory the price`() throws {
        let body =
            "<div>Free shipping</div><div class=price>£499.00</div>\(Self.buy)<h3>Memory card</h3>"
            + "<div class=price>£12.99</div>"
        let alone = try Self.read(body)
        #expect(alone.confidence < 0.8)
        let head = Shop.product(#"{"price":"499.00","priceCurrency":"GBP"}"#)
        #expect(try Self.read(body, head: head).price?.description == "499.00 GBP")
    }

    @Test func `what is seen alone does not outvote what the shop says twice`() throws {
        let head =
            Shop.product(#"{"price":"99.00","priceCurrency":"GBP"}"#)
            + "<meta property='product:price:amount' content='99.00'><meta property='product:price:currency' content='GBP'>"
        let body = "<div class=price></div><div><span class=price>£4.99</span> Gift wrap</div>" + Self.buy
        #expect(try Self.read(body, head: head).price?.description == "99.00 GBP")
    }

    @Test func `of two offers that are both shown none is chosen by its place`() throws {
        let head = Shop.product(#"[{"price":"20.00","priceCurrency":"GBP"},{"price":"12.00","priceCurrency":"GBP"}]"#)
        let body =
            "<div class=price>£20.00</div><div><span>250 g</span> <span class=price>£12.00</span></div>" + Self.buy
        let reading = try Self.read(body, head: head)
        #expect(reading.price?.description != "12.00 GBP" || reading.confidence < 0.8)
    }
}
