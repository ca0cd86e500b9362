/// What a job does.
///
/// The names of the original system are kept, so that its producers go on working.
package struct JobName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(stringLiteral text: String) {
        self.text = text
    }

    package var description: String { text }

    package static let checkPrice: JobName = "check-price"
    /// Checks the price and reads anew what the page says of the product.
    package static let updateProductInfo: JobName = "update-product-info"
    package static let deliverMessage: JobName = "deliver-message"
    /// Makes a report now.
    package static let sendDigest: JobName = "send-digest"
    /// Makes a report whose time has come; the one that comes again and again.
    package static let sendDigestScheduled: JobName = "send-digest-scheduled"
    /// Makes a report whose products were checked just now: the original system's parent of those checks.
    package static let sendDigestFlow: JobName = "send-digest-flow"

    /// Cut short, nobody would know whether the receiver has it, and the next one to try would send a second copy.
    package var isLetToItsEnd: Bool { self == .deliverMessage }
}
