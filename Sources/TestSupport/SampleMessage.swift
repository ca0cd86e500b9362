package import Model
package import PluginAPI

/// Messages for the tests of notifiers.
package enum SampleMessage {
    /// The price of a lamp fell below its target.
    package static let targetPrice = targetPrice()
    /// A person pressed “send a test”.
    package static let test = Message(
        idempotencyKey: "test.01k2v3w4x5y6z7a8b9c0d1e2f3",
        kind: .test,
        subject: "Test: the channel “Mail to me” works",
        lines: ["This is a test. Messages about prices will arrive here."],
        link: nil,
        product: nil,
        created: sent
    )

    /// A shop refuses two of three lamps.
    package static let failing = Message(
        idempotencyKey: "site.01k2v3w4x5y6z7a8b9c0d1e2f3.1.01k2v3w4x5y6z7a8b9c0d1e2f5",
        kind: .failing,
        subject: "lamps.example refuses to show its pages to a program: 2 of 3 products can’t be checked",
        lines: [
            "lamps.example refuses to show its pages to a program. 2 of 3 products you watch there can’t be checked, the"
                + " first since 23 Nov 2026, 05:00 UTC.",
            "A longer interval may help. If it stays like this, watch the product at another shop.",
            "This one message stands for all of them. The checks go on, less often the longer it lasts, and you are told"
                + " when it works again.",
        ],
        why: Message.Failure.why,
        link: "https://prices.example.org/",
        product: nil,
        failure: Message.Failure(
            site: "lamps.example",
            outcome: "blocked",
            since: sent - .hours(12),
            failing: 2,
            watched: 3,
            listings: [
                .init(
                    title: "Desk lamp Arc, brass",
                    url: "https://lamps.example/arc?colour=brass&size=m",
                    price: euros(4900),
                    priceRead: sent - .hours(18)
                ),
                .init(title: "Floor lamp", url: "https://lamps.example/floor", price: nil, priceRead: nil),
            ]
        ),
        created: sent
    )
    /// The shop shows its pages again.
    package static let recovered = Message(
        idempotencyKey: "site.01k2v3w4x5y6z7a8b9c0d1e2f3.2.01k2v3w4x5y6z7a8b9c0d1e2f5",
        kind: .recovered,
        subject: "lamps.example can be checked again",
        lines: ["Since 23 Nov 2026, 05:00 UTC products there could not be checked. They can be read again."],
        why: Message.Failure.why,
        link: "https://prices.example.org/",
        product: nil,
        failure: Message.Failure(
            site: "lamps.example",
            outcome: "blocked",
            since: sent - .hours(12),
            failing: 0,
            watched: 3,
            listings: []
        ),
        created: sent
    )

    /// Stands in all that is foreign in the messages that are meant to do harm.
    package static let mark = "h0stile"

    /// What shops could write to begin markup of any service, to call people or to begin a line of its own.
    package static let harm =
        "\(mark) <b>\"\u{202e}Ł'amp\"</b> &amp; <script>x</script> <!channel> <@U1> @everyone <@&1> [a](https://evil.example)"
        + " *b* _c_ ~d~ `e` ||f|| <https://evil.example|g> <a href=\"https://evil.example\">h</a> ![i](https://evil.example/i)"
        + " # j :k: \\*l\\* {{m}} \r\nX: y"

    /// Every kind of message, a bare one, one that means harm, one with numbers at their ends, and one longer than any
    /// service takes.
    package static let all = [
        targetPrice,
        test,
        failing,
        recovered,
        targetPrice(link: nil, image: nil, previous: nil, target: nil, readText: nil),
        targetPrice(subject: harm, title: harm, lines: [harm, harm], evidence: harm),
        targetPrice(
            subject: "",
            title: "\u{0}</td>",
            lines: [],
            link: "javascript:alert(1)",
            url: "no address",
            image: "data:,",
            price: money(.max, "JPY"),
            previous: money(.min, "KWD"),
            target: money(0, "CLF"),
            evidence: ""
        ),
        targetPrice(
            subject: String(repeating: harm, count: 30),
            title: String(repeating: "😀é", count: 3000),
            lines: Array(repeating: String(repeating: "<&\"*ü ", count: 40) + mark, count: 100),
            url: "https://lamps.example/\(String(repeating: "a", count: 3000))",
            evidence: String(repeating: harm, count: 30)
        ),
    ]

    /// The moment 2026-11-23T17:00:33Z.
    package static let sent = Timestamp(milliseconds: 1_795_453_233_000)

    /// A target price message; what the test is about is set, the rest is a lamp.
    package static func targetPrice(
        subject: String = "Desk lamp Arc is down to €39.00",
        title: String = "Desk lamp Arc, brass",
        lines: [String] = [
            "Desk lamp Arc, brass costs €39.00 at lamps.example.", "You asked to be told at €40.00 or less.",
            "Before, it cost €49.00.",
        ],
        link: String? = "https://prices.example.org/products/01k2v3w4x5y6z7a8b9c0d1e2f4",
        url: String = "https://lamps.example/arc?colour=brass&size=m",
        image: String? = "https://lamps.example/arc.jpg",
        price: Money? = euros(3900),
        previous: Money? = euros(4900),
        target: Money? = euros(4000),
        readText: String? = "23 Nov 2026, 17:00 UTC",
        evidence: String = "The price was read by the strategy “json-ld” at $.offers.price, 97 % sure."
    ) -> Message {
        Message(
            idempotencyKey: "01k2v3w4x5y6z7a8b9c0d1e2f3.2.01k2v3w4x5y6z7a8b9c0d1e2f5",
            kind: .targetPrice,
            subject: subject,
            lines: lines,
            link: link,
            product: price.map { price in
                Message.Product(
                    title: title,
                    url: url,
                    site: "lamps.example",
                    image: image,
                    price: price,
                    previous: previous,
                    target: target,
                    read: readText == nil ? nil : sent,
                    readText: readText,
                    evidence: evidence
                )
            },
            created: sent
        )
    }

    /// An amount in minor units: 3900 is €39.00.
    package static func euros(_ minor: Int) -> Money? { money(minor, "EUR") }

    /// An amount in minor units; nil for a code that is none.
    package static func money(_ minor: Int, _ code: String) -> Money? {
        Currency(code: code).map { Money(minor: minor, currency: $0) }
    }
}
