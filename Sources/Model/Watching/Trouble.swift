/// What kind of failure an outcome is.
///
/// Failures of one kind at one shop are told together, and the kind decides how soon it is worth looking again.
package enum Trouble: String, Hashable, Sendable, CaseIterable {
    /// The shop is there and refuses to show its page to a program.
    case access
    /// The shop does not answer.
    case connection
    /// The page is there, but no price can be read from it.
    case reading
    /// The address leads to no product's page.
    case address
    /// We do not look: our own rules forbid it, or the check itself failed.
    case own

    /// Whether the whole shop has it when a part of its pages does: one more page is then no news.
    package var isOfWholeSite: Bool { self == .access || self == .connection }
}

extension Outcome {
    /// nil for what is no failure.
    package var trouble: Trouble? {
        switch self {
        case .ok, .outOfStock, .unchanged: nil
        case .blocked, .captcha: .access
        case .timeout, .unreachable: .connection
        case .noPrice, .needsBrowser, .ambiguous: .reading
        case .notFound, .gone, .tooLarge, .notAPage, .listing, .notAProduct: .address
        case .refused: .own
        }
    }
}
