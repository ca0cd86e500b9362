/// What a server writes anew into each answer and what says nothing of the product.
///
/// Most pages differ from one answer to the next in nothing but this. Each kind is one that nobody could state a price
/// in: tokens against forged requests, nonces of a content security policy, what measures how long the server took,
/// addresses of mail that a proxy veils with a new key each time, and comments.
struct Ephemera {
    private let page: UnsafeBufferPointer<UInt8>
    /// Whether a proxy veils addresses of mail: looked for once, since links are the most frequent tags.
    private let veilsMail: Bool

    /// Tokens of Rails, Laravel, Django, Spring, ASP.NET, Magento, WordPress and Drupal, and what traces a request.
    private static let tokens: [StaticString] = [
        "csrf", "xsrf", "nonce", "token", "form_key", "form_build_id", "viewstate", "eventvalidation", "request-id",
        "request_id", "requestid", "sentry-trace", "traceparent", "tracestate", "baggage",
    ]
    /// Scripts of those who stand between shop and reader: Cloudflare's check of the browser, New Relic's timings.
    private static let scripts: [StaticString] = ["__CF$cv$params", "NREUM"]
    /// Theirs are short; a long one may hold what the shop itself says.
    private static let longestScript = 2000

    init(page: UnsafeBufferPointer<UInt8>) {
        self.page = page
        veilsMail = page.contains("/cdn-cgi/l/email-protection")
    }

    /// Hands over what may go, in the order of the page.
    func find(in piece: TagWalk.Piece, _ found: (Range<Int>) -> Void) {
        switch piece {
        case .comment(let text): if isEphemeral(comment: text) { found(text) }
        case .tag(let tag): find(in: tag, found)
        }
    }

    /// A comment stays where the parser's view of its end may be another, and where it is a mark that never changes.
    private func isEphemeral(comment: Range<Int>) -> Bool {
        guard comment.count > 3, page[comment.lowerBound] != 0x3e else { return false }
        let text = UnsafeBufferPointer(rebasing: page[comment])
        return !(text[0] == 0x2d && text[1] == 0x3e) && !text.contains("--!>")
    }

    private func find(in tag: TagWalk.Tag, _ found: (Range<Int>) -> Void) {
        switch tag.name.count {
        case 4 where isText(tag.name, "meta"):
            if has(tag, ["name", "id"], isToken) { find("content", in: tag, found) }
        case 4 where isText(tag.name, "link"): find("nonce", in: tag, found)
        case 5 where isText(tag.name, "style"): find("nonce", in: tag, found)
        case 5 where isText(tag.name, "input"):
            if has(tag, ["type"], { isText($0, "hidden") }),
                has(tag, ["name", "id"], isToken)
            {
                find("value", in: tag, found)
            }
        case 6 where isText(tag.name, "script"):
            find("nonce", in: tag, found)
            if isEphemeral(script: tag.raw) { found(tag.raw) }
        case 1 where veilsMail && isText(tag.name, "a"), 4 where veilsMail && isText(tag.name, "span"):
            for attribute in TagAttributes(of: tag, in: page) where isVeil(attribute) { found(attribute.whole) }
        default: break
        }
    }

    private func isEphemeral(script: Range<Int>) -> Bool {
        guard !script.isEmpty, script.count <= Self.longestScript else { return false }
        let text = UnsafeBufferPointer(rebasing: page[script])
        return Self.scripts.contains { text.contains($0) }
    }

    private func isVeil(_ attribute: TagAttributes.Attribute) -> Bool {
        isText(attribute.name, "data-cfemail")
            || isText(attribute.name, "href")
                && UnsafeBufferPointer(rebasing: page[attribute.value]).contains("/cdn-cgi/l/email-protection#")
    }

    /// Whether the value of an attribute of one of these `names` is such a one.
    private func has(_ tag: TagWalk.Tag, _ names: [StaticString], _ isIt: (Range<Int>) -> Bool) -> Bool {
        TagAttributes(of: tag, in: page).contains { attribute in
            names.contains { isText(attribute.name, $0) } && isIt(attribute.value)
        }
    }

    /// The whole attribute: an empty value without quotes would take the next attribute for itself.
    private func find(_ name: StaticString, in tag: TagWalk.Tag, _ found: (Range<Int>) -> Void) {
        for attribute in TagAttributes(of: tag, in: page) where isText(attribute.name, name) { found(attribute.whole) }
    }

    private func isToken(_ name: Range<Int>) -> Bool {
        guard name.count <= 100 else { return false }
        let small = page[name].map { $0 >= 0x41 && $0 <= 0x5a ? $0 | 0x20 : $0 }
        return Self.tokens.contains { small.contains($0) }
    }

    /// Whether `range` holds `text`, capital or small.
    private func isText(_ range: Range<Int>, _ text: StaticString) -> Bool {
        range.count == text.utf8CodeUnitCount
            && (0..<range.count).allSatisfy { offset in
                let byte = page[range.lowerBound + offset]
                return (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) == text.utf8Start[offset]
            }
    }
}
