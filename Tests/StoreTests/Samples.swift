import Model
import Testing

extension Token {
    static func sample(of account: Account, rights: Actor.Rights = .read) -> Token {
        Token(
            id: .make(at: TestStore.start),
            account: account,
            name: "script",
            rights: rights,
            created: TestStore.start
        )
    }
}

extension Rule {
    static func sample(of product: Product, target: Money) -> Rule {
        Rule(
            id: .make(at: TestStore.start),
            owner: product.owner,
            product: product.id,
            kind: .targetPrice(target),
            since: TestStore.start
        )
    }
}

extension CheckRecord {
    static func sample(of listing: Listing, job: String, at moment: Timestamp = TestStore.start) -> CheckRecord {
        CheckRecord(
            job: job,
            listing: listing.id,
            at: moment,
            took: .milliseconds(1234),
            outcome: .noPrice,
            status: nil,
            price: nil,
            standing: nil,
            note: nil
        )
    }
}

extension OutboxMessage {
    static func sample(on channel: Channel, key: String, at moment: Timestamp = TestStore.start) -> OutboxMessage {
        OutboxMessage(
            id: .make(at: moment),
            channel: channel.id,
            idempotencyKey: key,
            subject: "Lamp costs 19.99 EUR",
            content: "{\"text\":\"“Größe M”\\n🛒\"}",
            created: moment
        )
    }
}

extension Preview {
    static func sample(of owner: Account, at moment: Timestamp) throws -> Preview {
        let price = try Money.sample(129_900)
        return Preview(
            id: .make(at: moment),
            owner: owner.id,
            address: try WebAddress("https://shop.example/lamp"),
            answered: "https://www.shop.example/lamp?ref=1",
            status: 200,
            took: .milliseconds(321),
            reading: Reading(
                outcome: .ok,
                title: "Lamp “L”",
                price: price,
                priceText: "1.299,00 €",
                listPrice: try Money.sample(1999, "USD"),
                listPriceText: "$19.99",
                availability: .preorder,
                image: "https://shop.example/lamp.png",
                seller: "Lamps & more",
                shipping: try Money.sample(0),
                strategy: "json-ld",
                confidence: 0.93,
                evidence: [.sample, .sample],
                note: "A note."
            ),
            created: moment
        )
    }
}

extension Evidence {
    static let sample = Evidence(
        field: .price,
        strategy: "json-ld",
        path: "$.offers[0].price",
        text: "1.299,00\u{a0}€ \u{0}",
        value: "1299.00 EUR",
        confidence: 0.9
    )
}
