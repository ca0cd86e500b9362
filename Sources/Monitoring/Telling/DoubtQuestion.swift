import Model
import PluginAPI
import Store

/// What a person is asked about a price that only they can believe.
struct DoubtQuestion: Sendable {
    let run: RunSummary
    let price: Money
    /// What is believed.
    let before: Money
    let product: Product
    let listing: Listing
    let publicURL: String?
    /// The clock that times are told by; nil for UTC.
    let zone: Zone?
    let heldUntil: Timestamp?
    let now: Timestamp

    /// The message for one channel.
    ///
    /// It has no product's price, in which a channel's own words would state as true what is doubted. Its key names the
    /// doubt and the channel: one doubt is one question.
    func message(for channel: Channel) throws -> OutboxMessage {
        let key = "doubt.\(run.id).\(channel.id)"
        let (doubted, believed, site) = (price.displayText, before.displayText, listing.address.site)
        let message = Message(
            idempotencyKey: key,
            kind: .doubt,
            subject: "Was \(believed), now \(doubted): believe it? \(product.name)",
            lines: [
                "\(site) shows \(doubted) for \(product.name), read twice, last on \(now.readText(in: zone)).",
                "It was \(believed) before. A price that moves like this is mostly a mistake of the page, so it counts for"
                    + " nothing until you say whether it is right.",
                "Look at the shop’s page: \(listing.address.text)",
                "Then answer under “Alerts” in your price monitor.",
            ],
            why: "An alert of yours would tell you of this price if it were believed.",
            link: publicURL.map { "\($0)/alerts" },
            product: nil,
            created: now
        )
        return OutboxMessage(
            id: .make(at: now),
            channel: channel.id,
            idempotencyKey: key,
            subject: message.subject,
            content: try MessageContent.encode(message),
            created: now,
            heldUntil: heldUntil,
            product: product.id,
            ground: MessageGround(doubt: run.id)
        )
    }
}
