import Model
import PluginAPI

/// What a message would say in the words of a channel.
package struct WordingPreview: Hashable, Sendable {
    package let subject: String
    package let lines: [String]

    package init(subject: String, lines: [String]) {
        self.subject = subject
        self.lines = lines
    }

    /// A message as a target price makes it.
    static let sample = Message(
        idempotencyKey: "preview",
        kind: .targetPrice,
        subject: "Desk lamp Arc is down to €39.00",
        lines: [
            "Desk lamp Arc costs €39.00 at lamps.example.", "You asked to be told at €40.00 or less.",
            "Before, it cost €49.00.",
        ],
        why: "You asked your price monitor: “Tell me when it costs €40.00 or less.”",
        link: "https://prices.example.org/products/1",
        product: Currency(code: "EUR").map { euro in
            Message.Product(
                title: "Desk lamp Arc",
                url: "https://lamps.example/arc",
                site: "lamps.example",
                image: nil,
                price: Money(minor: 3900, currency: euro),
                previous: Money(minor: 4900, currency: euro),
                target: Money(minor: 4000, currency: euro),
                read: Timestamp(milliseconds: 1_795_453_233_000),
                readText: "23 Nov 2026, 17:00 UTC",
                evidence: "The price was read by the strategy “json-ld” at $.offers.price, 97 % sure."
            )
        },
        created: Timestamp(milliseconds: 0)
    )
}
