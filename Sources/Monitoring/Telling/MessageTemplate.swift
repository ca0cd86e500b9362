import Model
package import PluginAPI

/// A text with placeholders, as a person writes it for a channel: `{{product}} costs {{price}} at {{shop}}`.
package struct MessageTemplate: Hashable, Sendable {
    /// What stands in the text in place of a placeholder; `""` where the message knows no such thing.
    package enum Placeholder: String, Hashable, Sendable, CaseIterable {
        case product, price, previous, change, target, read, shop, url, link, why, evidence, subject, text
    }

    private enum Part: Hashable, Sendable {
        case text(String)
        case value(Placeholder)
    }

    private let parts: [Part]

    /// Throws for a name in double braces that is none, and for braces that nothing closes.
    package init(_ source: String) throws(MessageTemplateError) {
        var parts: [Part] = []
        var rest = source[...]
        while let start = rest.firstRange(of: "{{") {
            parts.append(.text(String(rest[..<start.lowerBound])))
            let after = rest[start.upperBound...]
            guard let end = after.firstRange(of: "}}") else {
                throw .open(String(rest[start.lowerBound...].prefix(40)))
            }
            let name = after[..<end.lowerBound].trimmingWhitespace()
            guard let placeholder = Placeholder(rawValue: name) else { throw .unknown(String(name.prefix(40))) }
            parts.append(.value(placeholder))
            rest = after[end.upperBound...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    /// The text for a message; what a message says is put in as it is, whatever braces it has.
    package func text(for message: Message) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .value(let placeholder): placeholder.value(in: message)
            }
        }.joined()
    }
}

extension MessageTemplate.Placeholder {
    /// What it stands for, for a person.
    package var meaning: String {
        switch self {
        case .product: "the product’s name"
        case .price: "what it costs now"
        case .previous: "what it cost before"
        case .change: "how far the price moved, such as −20 %"
        case .target: "the price that you asked for"
        case .read: "when the price was read"
        case .shop: "the shop’s host name"
        case .url: "the address of the shop’s page"
        case .link: "the address of the product’s page here"
        case .why: "why you are told"
        case .evidence: "how the price is known"
        case .subject: "our subject"
        case .text: "our text"
        }
    }

    fileprivate func value(in message: Message) -> String {
        let product = message.product
        return switch self {
        case .price: product?.price.displayText ?? ""
        case .previous: product?.previous?.displayText ?? ""
        case .change: product?.change ?? ""
        case .target: product?.target?.displayText ?? ""
        case .read: product?.readText ?? ""
        case .text: message.lines.map { OneLine.text($0) }.joined(separator: "\n")
        case .product, .shop, .url, .link, .why, .evidence, .subject: OneLine.text(foreignText(in: message) ?? "")
        }
    }

    /// What may hold what shops write.
    private func foreignText(in message: Message) -> String? {
        let product = message.product
        return switch self {
        case .product: product?.title
        case .shop: product?.site
        case .url: product?.url
        case .link: message.link
        case .why: message.why
        case .evidence: product?.evidence
        case .subject: message.subject
        case .price, .previous, .change, .target, .read, .text: nil
        }
    }
}

/// Why a text is no template.
package enum MessageTemplateError: Error, Hashable, CustomStringConvertible {
    case unknown(String)
    case open(String)

    /// A sentence for the person who wrote it.
    package var description: String {
        let known = MessageTemplate.Placeholder.allCases.map(\.rawValue)
        switch self {
        case .unknown(let name):
            let nearest = NearestKey.nearest(to: name, among: known).map { " Did you mean {{\($0)}}?" } ?? ""
            let all = known.map { "{{\($0)}}" }.joined(separator: ", ")
            return "There is no placeholder {{\(name)}}.\(nearest) There are: \(all)."
        case .open(let text): return "“\(text)” begins a placeholder that no “}}” ends."
        }
    }
}
