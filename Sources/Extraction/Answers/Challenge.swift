import Markup
import Model

/// Recognises pages that a shop shows to programs instead of the product.
///
/// Marks of protection services alone prove nothing: they stand on ordinary pages too. A page counts as one of theirs
/// where its title or heading says so, or where there is next to nothing but their script.
struct Challenge {
    let outcome: Outcome
    /// A sentence that names the service where it is known.
    let note: String

    /// nil for an ordinary page.
    static func find(_ survey: Survey, status: Int) -> Challenge? {
        let outline = survey.outline
        guard survey.goodsJSON.main == nil, survey.goodsItems.main == nil, outline.linkCount < 60 else { return nil }
        let words = words(survey)
        let isTiny = outline.visibleBytes < 600
        let all = outline.visibleBytes < 2500 ? sayings + sayingsOfShortPages : sayings
        for (text, outcome, service) in all where words.contains(where: { saying($0, text) }) {
            return Challenge(outcome: outcome, note: note(outcome, service))
        }
        guard isTiny || status == 403 || status == 429 || status == 503 else { return nil }
        for (mark, outcome, service) in marks where survey.document.contains(mark) {
            return Challenge(outcome: outcome, note: note(outcome, service))
        }
        return nil
    }

    private static func note(_ outcome: Outcome, _ service: String) -> String {
        outcome == .captcha
            ? "The shop asked for proof of being human (\(service)) instead of showing the page."
            : "The shop refused to show the page to a program (\(service))."
    }

    /// Title and headings, small.
    private static func words(_ survey: Survey) -> [String] {
        var words = [survey.outline.title ?? ""]
        for heading in survey.outline.headings.prefix(3) {
            words.append(survey.document.visibleText(of: heading.node, limit: 200))
        }
        if survey.outline.visibleBytes < 600, let root = survey.document.root {
            words.append(root.visibleText(limit: 300))
        }
        return words.map { $0.lowercased().replacing("’", with: "'") }
    }

    private static func saying(_ text: String, _ saying: String) -> Bool {
        saying.hasPrefix("=") ? text == saying.dropFirst() : text.contains(saying)
    }

    /// Nobody else writes these.
    private static let sayings: [(String, Outcome, String)] = [
        ("checking your browser", .captcha, "a browser check"),
        ("attention required! | cloudflare", .blocked, "Cloudflare"),
        ("robot or human", .captcha, "HUMAN"),
        ("verify you are human", .captcha, "a captcha"),
        ("verifying you are human", .captcha, "a captcha"),
        ("are you a robot", .captcha, "a captcha"),
        ("i'm not a robot", .captcha, "a captcha"),
        ("enter the characters you see", .captcha, "a captcha"),
        ("pardon our interruption", .blocked, "Imperva"),
        ("access to this page has been denied", .blocked, "HUMAN"),
        ("your access has been blocked", .blocked, "access blocked"),
        ("you have been blocked", .blocked, "access blocked"),
        ("request unsuccessful. incapsula", .blocked, "Imperva"),
        ("whoa there, pardner", .blocked, "access blocked"),
        ("=queue-it", .blocked, "a waiting room"),
        ("=403 forbidden", .blocked, "403"),
    ]

    /// Ordinary pages say these too, but not where they say little else.
    private static let sayingsOfShortPages: [(String, Outcome, String)] = [
        ("just a moment", .captcha, "Cloudflare"),
        ("verify your identity", .captcha, "HUMAN"),
        ("are you human", .captcha, "a captcha"),
        ("robot check", .captcha, "a captcha"),
        ("security check", .captcha, "a security check"),
        ("human verification", .captcha, "a captcha"),
        ("access denied", .blocked, "access denied"),
        ("request blocked", .blocked, "request blocked"),
        ("you are being redirected", .blocked, "Sucuri"),
        ("=blocked", .blocked, "access blocked"),
        ("unusual traffic", .captcha, "a captcha"),
        ("güvenlik", .blocked, "a security page"),
        ("too many requests", .blocked, "too many requests"),
    ]

    private static let marks: [(StaticString, Outcome, String)] = [
        ("captcha-delivery.com", .captcha, "DataDome"),
        ("px-captcha", .captcha, "HUMAN"),
        ("_pxAppId", .captcha, "HUMAN"),
        ("cf_chl_opt", .captcha, "Cloudflare"),
        ("cf-browser-verification", .captcha, "Cloudflare"),
        ("cf-error-details", .blocked, "Cloudflare"),
        ("_Incapsula_Resource", .blocked, "Imperva"),
        ("sucuri_cloudproxy", .blocked, "Sucuri"),
        ("validateCaptcha", .captcha, "a captcha"),
        ("awswaf", .captcha, "AWS WAF"),
        ("hcaptcha.com", .captcha, "hCaptcha"),
        ("g-recaptcha", .captcha, "reCAPTCHA"),
        ("queue-it.net", .blocked, "a waiting room"),
        ("/_sec/cp_challenge", .captcha, "Akamai"),
    ]
}
