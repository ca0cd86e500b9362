import Model
import PluginAPI

/// What both forms of a mail say beside the message itself.
struct MailWords {
    let message: Message

    /// What happened in a word or two.
    var kind: String {
        switch message.kind {
        case .targetPrice: "Target price"
        case .priceDrop: "Price drop"
        case .lowestPrice: "Lowest price"
        case .backInStock: "Back in stock"
        case .priceChange: "Price change"
        case .doubt: "Doubted price"
        case .digest: "Price report"
        case .failing: "Checks fail"
        case .recovered: "Checks work again"
        case .test: "Test"
        }
    }

    /// Why the reader gets this mail; one sentence.
    var why: String {
        if let why = message.why { return why }
        // Written by an earlier version.
        if message.failure != nil { return Message.Failure.why }
        guard let product = message.product else {
            return "Someone who can sign in to your price monitor asked it to send a test to this address."
        }
        let title = OneLine.text(product.title, limit: 150)
        guard let target = product.target else { return "You watch “\(title)” with your price monitor." }
        return "You asked your price monitor to tell you when “\(title)” costs \(target.displayText) or less."
    }

    /// How the reader stops such mails; one sentence.
    var how: String {
        if message.report != nil { return "Change or stop it there, on the page “Digest”." }
        if message.failure != nil { return "Pause or remove a product there if you do not want it checked any more." }
        if message.kind == .doubt {
            return "Answer there, or remove the product’s alerts if you do not want to be asked."
        }
        return message.product == nil
            ? "Remove the channel there if you do not want its mails."
            : "Change, snooze or remove the alert there if you do not want more of these."
    }

    /// The last price of a product that fails, and when it was read.
    static func last(of listing: Message.Failure.Listing) -> String {
        guard let price = listing.price else { return "No price yet" }
        return "Last price: \(price.displayText)" + (listing.priceRead.map { " on \($0.dayText)" } ?? "")
    }

    /// How many products fail beside those that are listed.
    var more: String? {
        guard let failure = message.failure, failure.failing > failure.listings.count else { return nil }
        return "and \(failure.failing - failure.listings.count) more"
    }

    /// An amount that may break before its currency's code: on a phone a large one needs two lines.
    func breakable(_ money: Money) -> String { money.displayText.replacing("\u{a0}", with: " ") }

    /// An address that may be followed from a mail; nil for anything but http and https.
    static func safe(_ address: String?) -> String? {
        guard let address else { return nil }
        // What is wrong with it is no news to the reader of a mail: it is shown as text instead.
        return try? WebAddress(address).text
    }
}
