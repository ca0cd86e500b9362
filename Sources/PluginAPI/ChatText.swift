import Model

/// A message as the short texts that a chat or a phone shows.
///
/// All is plain text without control characters, each on one line: what shops write cannot begin a line of its own. A
/// service's own markup still has to be escaped.
package struct ChatText: Hashable, Sendable {
    /// What happened, never empty.
    package let title: String
    /// The sentences below it, and the products that fail; may be empty.
    package let lines: [String]
    /// When the price was read, how it is known, and why the reader is told; may be empty.
    package let notes: [String]
    /// The shop's page; nil where the message is not about a product, or its address can't be followed.
    package let shop: Link?
    /// The page in this installation; nil where it has no public address.
    package let monitor: Link?
    /// The address of the product's picture.
    package let picture: String?

    /// Something that can be followed.
    package struct Link: Hashable, Sendable {
        /// A few words: `Open at lamps.example`.
        package let text: String
        /// An absolute http or https address without quotes, angle brackets, backslashes and pipes.
        package let address: String
    }

    /// The texts of a message.
    package init(_ message: Message) {
        let subject = OneLine.text(message.subject)
        title = subject.isEmpty ? "Price monitor" : subject
        lines = (message.lines + Self.failing(message.failure)).map { OneLine.text($0) }.filter { !$0.isEmpty }
        let read = message.product?.readText.map { "The price was read on \($0)." }
        notes = [read, message.product?.evidence, message.why].compactMap { $0 }.map { OneLine.text($0) }
            .filter { !$0.isEmpty }
        let product = message.product
        shop = product.flatMap { product in
            Self.safe(product.url).map { Link(text: "Open at \(OneLine.text(product.site))", address: $0) }
        }
        let words = product == nil ? "Open your price monitor" : "History and settings"
        monitor = Self.safe(message.link).map { Link(text: words, address: $0) }
        picture = Self.safe(product?.image)
    }

    /// What a touch of the notification opens: the shop's page, else that of this installation.
    package var first: Link? { shop ?? monitor }

    /// All of it as lines of plain text with bare addresses, for services that have no markup.
    ///
    /// The shop's address is left out where the service has its own place for it.
    package func plainLines(withShop: Bool) -> [String] {
        let links = [withShop ? shop : nil, monitor].compactMap { $0 }.map { "\($0.text): \($0.address)" }
        return lines + notes + links
    }

    private static func failing(_ failure: Message.Failure?) -> [String] {
        guard let failure else { return [] }
        let rest = failure.failing - failure.listings.count
        return failure.listings.map { "• \($0.title)" }
            + (rest > 0 && !failure.listings.isEmpty ? ["and \(rest) more"] : [])
    }

    /// nil for anything but an http or https address; what could end it in some markup is percent-encoded.
    private static func safe(_ address: String?) -> String? {
        // What is wrong with it is no news to the reader of a message: it is left out instead.
        guard let address, let text = try? WebAddress(OneLine.clean(address)).text else { return nil }
        var encoded = ""
        for scalar in text.unicodeScalars {
            if "\"<>\\^`{|}'".unicodeScalars.contains(scalar) {
                encoded += "%\(String(scalar.value, radix: 16, uppercase: true))"
            } else {
                encoded.unicodeScalars.append(scalar)
            }
        }
        return encoded
    }
}
