import Model

/// What an outcome means to a person: a short word, a sentence, and what they can do.
struct OutcomeText: Sendable {
    /// One or two words for a badge: `Blocked`.
    let badge: String
    /// A sentence that says what happened.
    let happened: String
    /// A sentence that says what the person can do, or that there is nothing to do.
    let advice: String
    /// `good`, `quiet`, `doubt` or `bad`; a class in the style sheet.
    let mood: String

    init(_ outcome: Outcome) {
        (badge, mood, happened, advice) = Self.words(outcome)
    }

    private static func words(_ outcome: Outcome) -> (String, String, String, String) {
        switch outcome {
        case .ok:
            ("Price read", "good", "The page shows a price.", "Nothing to do.")
        case .outOfStock:
            (
                "Out of stock", "quiet", "The product is there, but it cannot be bought now.",
                "You can watch it all the same: the checks go on, and the price counts again once it is back."
            )
        case .unchanged:
            ("Unchanged", "good", "The shop says that nothing changed since the last look.", "Nothing to do.")
        case .blocked:
            (
                "Blocked", "bad", "The shop refused to show its page to a program.",
                "Try a longer interval, or another shop that sells the same. No price is guessed."
            )
        case .captcha:
            (
                "Captcha", "bad", "The shop asks for proof of being human before it shows the page.",
                "Such a check is not circumvented. Try again later, or another shop that sells the same."
            )
        case .notFound:
            (
                "Not found", "bad", "The shop has no page at this address (404).",
                "Open the address in your browser; the product may have moved. Then add the new address."
            )
        case .gone:
            (
                "Gone", "bad", "The shop says that this page was removed for good (410).",
                "Look for the product elsewhere in the shop and add its new address."
            )
        case .timeout:
            ("Too slow", "bad", "The shop did not answer in time.", "Try again in a few minutes; the shop may be busy.")
        case .unreachable:
            (
                "Unreachable", "bad", "No connection to the shop could be made.",
                "Check the address for a typing error. If it opens in your browser, try again in a few minutes."
            )
        case .tooLarge:
            (
                "Too large", "bad", "The page is larger than the limit, so it was not read to the end.",
                "Whoever runs this installation can raise the limit fetch.maximumBytes."
            )
        case .notAPage:
            (
                "Not a page", "bad", "The address leads to a file, such as a picture or a PDF, and not to a page.",
                "Paste the address of the product’s page in the shop."
            )
        case .noPrice:
            (
                "No price", "doubt", "The page was read, but no price was found on it.",
                "If your browser shows a price, it may be there only after signing in or choosing a variant."
                    + " Choose the variant in your browser and paste that address."
            )
        case .listing:
            (
                "Many products", "doubt", "The page shows many products, and none of them is the one.",
                "Open the product you want and paste that page’s address."
            )
        case .notAProduct:
            (
                "No product", "doubt", "The page is not about something that is for sale.",
                "Paste the address of a product’s page."
            )
        case .needsBrowser:
            (
                "Needs a browser", "doubt", "The page is empty until a browser runs its scripts.",
                "This installation reads pages without a browser. Another shop that sells the same may work."
            )
        case .ambiguous:
            (
                "Ambiguous", "doubt", "Prices were found, but which one counts cannot be decided.",
                "If the product has variants, choose one in your browser and paste that address. No price is guessed."
            )
        case .refused:
            (
                "Refused", "bad", "This installation did not look at this address.",
                "It may be a private address, the shop may ask programs to keep out, or the check itself failed: see the note."
            )
        }
    }
}
