import Model
import PluginAPI

/// What both forms of a mail say beside the message itself.
struct MailWords {
    let message: Message

    /// What happened in a word or two: `Target price`, `Test`.
    var kind: String {
        let words = message.kind.rawValue.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// Why the reader gets this mail; one sentence.
    var why: String {
        guard let product = message.product else {
            return "Someone who can sign in to your price monitor asked it to send a test to this address."
        }
        let title = OneLine.text(product.title, limit: 150)
        guard let target = product.target else { return "You watch “\(title)” with your price monitor." }
        return "You asked your price monitor to tell you when “\(title)” costs \(target.displayText) or less."
    }

    /// How the reader stops such mails; one sentence.
    var how: String {
        message.product == nil
            ? "Remove the channel there if you do not want its mails."
            : "Change or remove the target price there if you do not want more of these."
    }

    /// An amount that may break before its currency's code: on a phone a large one needs two lines.
    func breakable(_ money: Money) -> String { money.displayText.replacing("\u{a0}", with: " ") }

    /// How far the price is from the one before, in whole percent: `−20 %`; nil where there is nothing to compare.
    static func change(of product: Message.Product) -> String? {
        guard let previous = product.previous, previous.currency == product.price.currency, previous.minor > 0 else {
            return nil
        }
        let difference = Double(product.price.minor) - Double(previous.minor)
        let percent = Int((difference / Double(previous.minor) * 100).rounded())
        guard percent != 0, percent > -100, percent < 1000 else { return nil }
        return "\(percent < 0 ? "−" : "+")\(percent.magnitude)\u{a0}%"
    }

    /// An address that may be followed from a mail; nil for anything but http and https.
    static func safe(_ address: String?) -> String? {
        guard let address else { return nil }
        // What is wrong with it is no news to the reader of a mail: it is shown as text instead.
        return try? WebAddress(address).text
    }
}
