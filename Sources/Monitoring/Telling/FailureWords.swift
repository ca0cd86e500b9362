package import Model

/// What a failure means to the person who watches the page.
package struct FailureWords: Sendable {
    /// Completes “Desk lamp can’t be checked: …”.
    package let reason: String
    /// The same about several pages of the shop.
    package let siteReason: String
    /// `siteReason` as a sentence begins, unless it begins with a host name, which stays as it is.
    package var headline: String {
        guard let first = siteReason.split(separator: " ").first, !first.contains(".") else { return siteReason }
        return siteReason.prefix(1).uppercased() + siteReason.dropFirst()
    }

    /// A sentence or two that say what the person can do, or that there is nothing to do.
    package let advice: String

    /// `site` is the shop's host name; nil for most shops at once.
    package init(_ outcome: Outcome, site: String?) {
        let shop = site ?? "most shops"
        (reason, siteReason, advice) = Self.words(outcome, shop)
    }

    private static func words(_ outcome: Outcome, _ shop: String) -> (String, String, String) {
        switch outcome {
        case .blocked:
            (
                "\(shop) refuses to show its page to a program", "\(shop) refuses to show its pages to a program",
                "A longer interval may help. If it stays like this, watch the product at another shop."
            )
        case .captcha:
            (
                "\(shop) asks for proof of being human", "\(shop) asks for proof of being human",
                "Such a check is not circumvented. If it stays like this, watch the product at another shop."
            )
        case .timeout:
            (
                "\(shop) does not answer in time", "\(shop) does not answer in time",
                "There is nothing to do if the page is slow in your browser too. Else, fetch.timeoutSeconds may be raised."
            )
        case .unreachable:
            (
                "\(shop) gives no answer", "\(shop) gives no answer",
                "Open the page in your browser. If it opens there, the shop may turn this installation’s network away."
            )
        case .notFound:
            (
                "its page at \(shop) is not there any more (404)", "pages at \(shop) are not there any more (404)",
                "The product may have moved or may not be sold any more. Look for it in the shop and add its new address."
            )
        case .gone:
            (
                "its page at \(shop) was removed for good (410)", "pages at \(shop) were removed for good (410)",
                "Look for the product elsewhere in the shop and add its new address, or remove it here."
            )
        case .tooLarge:
            (
                "its page at \(shop) is larger than the limit", "pages at \(shop) are larger than the limit",
                "Whoever runs this installation can raise fetch.maximumBytes."
            )
        case .notAPage:
            (
                "its address at \(shop) leads to a file instead of a page",
                "addresses at \(shop) lead to files instead of pages",
                "Look for the product in the shop and add its page’s address."
            )
        case .noPrice:
            (
                "no price can be found on its page at \(shop)", "no prices can be found on pages at \(shop)",
                "The product may not be sold any more, or the shop has changed its pages. Open the page to see which."
            )
        case .listing:
            (
                "its page at \(shop) shows many products now", "pages at \(shop) show many products now",
                "The product may not be sold any more. Look for it in the shop and add its page’s address."
            )
        case .notAProduct:
            (
                "its page at \(shop) is not about a product any more",
                "pages at \(shop) are not about products any more",
                "The product may not be sold any more. Look for it in the shop and add its page’s address."
            )
        case .needsBrowser:
            (
                "its page at \(shop) is empty until a browser runs its scripts",
                "pages at \(shop) are empty until a browser runs their scripts",
                "This installation reads pages without a browser. Watch the product at another shop."
            )
        case .ambiguous:
            (
                "its page at \(shop) shows prices, and which one counts cannot be decided",
                "pages at \(shop) show prices, and which one counts cannot be decided",
                "If the product has variants, choose one in your browser and add that address. No price is guessed."
            )
        case .refused:
            (
                "this installation does not look at its page at \(shop)",
                "this installation does not look at pages of \(shop)",
                "Whoever runs this installation can change that; the note of the last check says why."
            )
        // No failures.
        case .ok, .outOfStock, .unchanged: ("its page at \(shop) can be read", "\(shop) can be read", "Nothing to do.")
        }
    }
}
