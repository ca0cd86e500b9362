import Model
import Testing

@testable import Extraction

@Suite struct AvailabilityTests {
    private func reading(_ body: String, _ availability: String? = nil) throws -> Reading {
        let stock = availability.map { ",\"availability\":\"\($0)\"" } ?? ""
        let head = Shop.product("{\"price\":\"5\",\"priceCurrency\":\"EUR\"\(stock)}")
        return try Shop.read(Shop.lamp(body, head: head))
    }

    @Test(arguments: [
        ("https://schema.org/InStock", Availability.inStock), ("http://schema.org/OutOfStock", .outOfStock),
        ("SoldOut", .outOfStock),
        ("instock", .inStock), ("in stock", .inStock), ("PreOrder", .preorder), ("BackOrder", .backorder),
        ("LimitedAvailability", .limited), ("Discontinued", .discontinued), ("out of stock", .outOfStock),
    ])
    func `reads what structured data says`(text: String, expected: Availability) throws {
        let reading = try reading("", text)
        #expect(reading.availability == expected)
        #expect(reading.outcome == (expected.canBeBought == false ? .outOfStock : .ok))
        #expect(reading.price?.description == "5.00 EUR")
    }

    @Test(arguments: [
        "Ausverkauft", "nicht lieferbar", "Sold out", "Rupture de stock", "Agotado", "Non disponibile.",
        "Нет в наличии",
        "המוצר אינו במלאי", "在庫切れ", "缺货", "Momentan nicht verfügbar",
    ])
    func `what a person reads overrides what structured data claims`(text: String) throws {
        let reading = try reading("<p>\(text)</p>", "https://schema.org/InStock")
        #expect(reading.availability == .outOfStock)
        #expect(reading.outcome == .outOfStock)
    }

    @Test func `out of stock in a choice of variants or about other products is not the product's`() throws {
        let body = """
            <p>Auf Lager</p><select><option>Rot (ausverkauft)</option></select><button>In den Warenkorb</button>
            <div class="related-products"><p>Ausverkauft</p></div>
            """
        #expect(try reading(body).availability == .inStock)
    }

    /// Shops keep the button in the page for the day it can be bought again.
    @Test(arguments: [
        "Momentálne nie je možné produkt kúpiť, ale je možné ho rezervovať", "This item cannot be ordered.",
        "Der Artikel kann derzeit nicht bestellt werden",
    ])
    func `a sentence that it can't be bought counts beside a button that buys`(text: String) throws {
        let body = "<p>\(text)</p><p class=price>5,00 €</p><button>In den Warenkorb</button>"
        #expect(try reading(body, "https://schema.org/InStock").availability == .outOfStock)
    }

    @Test(arguments: [
        "Gift cards cannot be purchased with discount codes.", "This item cannot be ordered for in-store pickup.",
    ])
    func `that it can't be bought in one way says nothing of the others`(text: String) throws {
        #expect(try reading("<p>\(text)</p>", "https://schema.org/InStock").availability == .inStock)
    }

    @Test(arguments: ["hide", "box d-none", "is-hidden js-out"])
    func `a label that waits for a script is not there`(classes: String) throws {
        let body = "<p class='\(classes)'>Ausverkauft</p><button>In den Warenkorb</button>"
        #expect(try reading(body, "https://schema.org/InStock").availability == .inStock)
    }

    @Test(arguments: ["hidden md:block", "hidden lg:contents", "d-none d-md-table-cell"])
    func `hidden on small screens alone is there`(classes: String) throws {
        let body = "<p class='\(classes)'>Ausverkauft</p>"
        #expect(try reading(body, "https://schema.org/InStock").availability == .outOfStock)
    }
}
