import Model
import Monitoring
import PluginAPI
import Store
import TestSupport
import Testing

/// Messages in words of a person's own.
struct WordingTests {
    @Test(arguments: [
        ("{{product}} costs {{price}}", "Desk lamp Arc, brass costs €39.00"),
        (
            "{{ price }} ({{change}}), not {{previous}}; {{target}} was asked for",
            "€39.00 (−20\u{a0}%), not €49.00; €40.00 was asked for"
        ),
        ("{{shop}} {{url}}", "lamps.example https://lamps.example/arc?colour=brass&size=m"),
        ("{{link}}", "https://prices.example.org/products/01k2v3w4x5y6z7a8b9c0d1e2f4"),
        ("{{read}}|{{why}}", "23 Nov 2026, 17:00 UTC|"),
        (
            "{{subject}}|{{evidence}}",
            "Desk lamp Arc is down to €39.00|The price was read by the strategy “json-ld” at $.offers.price, 97 % sure."
        ),
        ("{ {product}} }}{", "{ {product}} }}{"),
        ("", ""),
    ])
    func `a template says what a message says`(source: String, text: String) throws {
        #expect(try MessageTemplate(source).text(for: SampleMessage.targetPrice) == text)
    }

    @Test func `what shops write is no template and no line of its own`() throws {
        let message = SampleMessage.targetPrice(title: "A {{price}}\nb")
        #expect(try MessageTemplate("{{product}}!").text(for: message) == "A {{price}} b!")
    }

    @Test func `what a message does not know is nothing`() throws {
        let bare = SampleMessage.targetPrice(link: nil, previous: nil, target: nil)
        let template = try MessageTemplate("<{{previous}}{{change}}{{target}}{{link}}{{why}}>")
        #expect(template.text(for: bare) == "<>")
    }

    @Test(arguments: [("{{prise}}", "{{price}}"), ("{{produkt}}", "{{product}}"), ("{{Shop}}", "{{shop}}")])
    func `an unknown placeholder is refused with the nearest one`(source: String, nearest: String) {
        let error = #expect(throws: MessageTemplateError.self) { try MessageTemplate(source) }
        #expect(error?.description.contains("Did you mean \(nearest)?") == true)
    }

    @Test func `braces that nothing closes are refused`() {
        #expect(throws: MessageTemplateError.open("{{price")) { try MessageTemplate("Now {{price") }
    }

    @Test func `the words are rendered when the message is written, so each attempt says the same`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "60", target: "50")
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first?.channel)
            try await house.monitoring.channels.change(
                channel.id,
                wording: .init(subject: "{{price}}!", text: "{{product}}\nat {{shop}}"),
                as: watched.actor
            )
            house.post.answer(with: 500)
            // A move of less than the tolerance.
            house.shop.show(price: "49.90")
            try await house.check()
            #expect(house.post.messages.isEmpty)
            try await house.monitoring.channels.change(channel.id, wording: .init(), as: watched.actor)
            house.post.answer(with: 200)
            house.clock.advance(by: .hours(3))
            try await house.work()
            #expect(house.post.subjects == ["€49.90!"])
            #expect(house.post.texts.first?.hasPrefix("Desk lamp\nat shop.test\n") == true)
        }
    }

    @Test func `tests keep our words`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "60")
            let channel = try #require(try await house.monitoring.channels.channels(as: watched.actor).first?.channel)
            let wording = Channel.Wording(subject: "{{price}}", text: "{{price}}")
            try await house.monitoring.channels.change(channel.id, wording: wording, as: watched.actor)
            #expect(try await house.monitoring.channels.test(channel.id, as: watched.actor) == nil)
            #expect(house.post.subjects == ["Test: the channel “Door” works"])
        }
    }
}
