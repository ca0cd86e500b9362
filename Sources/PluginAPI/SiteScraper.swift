package import Model

/// Reads the pages of one shop or of one shop system.
///
/// It reads; the host fetches.
package protocol SiteScraper: Plugin {
    /// The shops it knows by host name without `www.`: `example-shop.test`. Empty where it goes by the page alone.
    static var sites: Set<String> { get }

    /// Whether a page is of the shop system this plugin knows, by a signature in the page.
    ///
    /// Asked for every page of a shop that is not in any plugin's `sites`; must be quick and must not guess.
    static func recognises(_ page: Page) -> Bool

    /// What else to fetch before `read`, at most three requests; empty if the page is enough.
    func supplements(to page: Page) -> [HTTPRequest]

    /// What the page says, each value with where it stood.
    ///
    /// `supplements` are the answers to `supplements(to:)` in the same order, nil where no answer came or where the
    /// page is read offline. The judge weighs the candidates together with those of the generic reader, so a plugin
    /// that finds nothing answers with nothing.
    func read(_ page: Page, supplements: [HTTPResponse?]) throws(ScrapeError) -> [Candidate]
}

extension SiteScraper {
    /// Most plugins know a shop by its host.
    package static func recognises(_ page: Page) -> Bool { false }
    /// Most plugins know a shop system, not a host.
    package static var sites: Set<String> { [] }
    /// Most pages are enough.
    package func supplements(to page: Page) -> [HTTPRequest] { [] }
}

/// Why a plugin can say for certain that there is nothing to read.
package enum ScrapeError: Error, Hashable {
    /// The shop refused to show the page to a program.
    case blocked
    /// The shop asked for proof of being human.
    case captcha
    /// The page is this shop's, but what the plugin goes by is not there: the shop changed its pages.
    case layoutChanged(missing: String)
}
