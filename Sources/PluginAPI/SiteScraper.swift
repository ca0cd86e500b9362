package import Model

/// Reads the pages of one shop or of one shop system.
///
/// It reads; the host fetches. For each page the reader asks the scraper whose `sites` hold the page's site, else those
/// that `recognises` the page; then `supplements(to:)`, and with the answers `read`. What a person corrected by hand
/// wins over all of them.
///
/// Pages are foreign: whatever stands in one, nothing here may crash.
package protocol SiteScraper: Plugin {
    /// The shops it knows by host name, lower case, without `www.`: `example-shop.test`.
    ///
    /// Empty where it goes by the page alone.
    static var sites: Set<String> { get }

    /// Whether a page is of the shop system this plugin knows, by a signature in the page.
    ///
    /// Asked for every page of a shop that is not in any plugin's `sites`; must be quick and must not guess.
    static func recognises(_ page: Page) -> Bool

    /// What else to fetch before `read`, at most three requests; empty if the page is enough.
    ///
    /// Usually the shop's own data about the product. They go through the guarded door and cost every check as much as
    /// the page itself, so a plugin asks only where the page does not tell.
    func supplements(to page: Page) -> [HTTPRequest]

    /// What the page says, each value with where it stood.
    ///
    /// `supplements` are the answers to `supplements(to:)` in the same order, nil where no answer came or where the
    /// page is read offline; any status is an answer. The judge weighs the candidates together with those of the generic
    /// reader, so a plugin that finds nothing answers with nothing.
    func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate]
}

extension SiteScraper {
    /// Most plugins know a shop by its host.
    package static func recognises(_ page: Page) -> Bool { false }
    /// Most plugins know a shop system, not a host.
    package static var sites: Set<String> { [] }
    /// Most pages are enough.
    package func supplements(to page: Page) -> [HTTPRequest] { [] }

    /// One value that this plugin read; its strategy is the plugin's id.
    package static func candidate(
        _ value: Candidate.Value,
        at path: String,
        text: String,
        confidence: Double
    ) -> Candidate {
        Candidate(value, strategy: id.text, path: path, text: String(text.prefix(200)), confidence: confidence)
    }
}

/// Why a plugin can say for certain that there is nothing to read.
///
/// Thrown only for what the page itself shows. A page that is simply about something else is no error: `read` answers
/// it with no candidates.
package enum ScrapeError: Error, Hashable {
    /// The shop refused to show the page to a program; the check ends so, whatever else the page holds.
    case blocked
    /// The shop asked for proof of being human; the check ends so, whatever else the page holds.
    case captcha
    /// The page is this shop's, but what the plugin goes by is not there: the shop changed its pages.
    ///
    /// The generic reader's candidates still count, and the check says that the plugin did not find `missing`, such as
    /// `data-field=price`.
    case layoutChanged(missing: String)
}
