import Markup
package import Model
package import PluginAPI

/// Turns an answer into a reading.
///
/// Pure: no network, no clock, no host names.
package struct PageReader: Sendable {
    private let scrapers: [any SiteScraper]

    /// `scrapers` are asked in the order given; one page is read by at most one of them.
    package init(scrapers: [any SiteScraper]) {
        self.scrapers = scrapers
    }

    /// What a first look at an answer gives.
    package enum Look: Sendable {
        case done(Reading)
        /// What a plugin wants fetched before the page is read, at most three requests.
        case needs([HTTPRequest])
    }

    /// Reads an answer, or says what has to be fetched first; then `read` finishes the job.
    ///
    /// `isKnown` is told the text that is about to be read; an answer whose text it knows ends `unchanged`, unread.
    package func look(
        at answer: HTTPResponse,
        asked: WebAddress,
        isKnown: (_ text: [UInt8]) -> Bool = { _ in false }
    ) -> Look {
        if let reading = AnswerStatus.reading(answer) { return .done(reading) }
        let text = text(of: answer)
        if isKnown(text.bytes) { return .done(Reading(outcome: .unchanged)) }
        let page = page(text, answer, asked: asked)
        guard let scraper = scraper(for: page) else { return .done(read(page, answer, nil, [])) }
        let requests = scraper.supplements(to: page).prefix(3)
        return requests.isEmpty ? .done(read(page, answer, scraper, [])) : .needs(Array(requests))
    }

    /// Reads an answer.
    ///
    /// `supplements` are the answers to what `look` asked for, in the same order, nil where none came.
    package func read(_ answer: HTTPResponse, asked: WebAddress, supplements: [HTTPResponse?]) -> Reading {
        if let reading = AnswerStatus.reading(answer) { return reading }
        let page = page(text(of: answer), answer, asked: asked)
        return read(page, answer, scraper(for: page), supplements)
    }

    private func text(of answer: HTTPResponse) -> PageText {
        PageText(answer.body, contentType: answer.headers["Content-Type"])
    }

    private func page(_ text: PageText, _ answer: HTTPResponse, asked: WebAddress) -> Page {
        // Where the answer's own address is none, the page is taken as the one that was asked for.
        let address = (try? WebAddress(answer.url)) ?? asked
        return Page(address: address, document: Document(text))
    }

    private func scraper(for page: Page) -> (any SiteScraper)? {
        scrapers.first { type(of: $0).sites.contains(page.address.site) }
            ?? scrapers.first { type(of: $0).recognises(page) }
    }

    private func read(
        _ page: Page,
        _ answer: HTTPResponse,
        _ scraper: (any SiteScraper)?,
        _ supplements: [HTTPResponse?]
    ) -> Reading {
        let survey = Survey(page)
        var candidates: [Candidate] = []
        var note: String?
        if let scraper {
            // Fewer answers than requests are filled up: a page read offline has none.
            let missing = max(0, scraper.supplements(to: page).prefix(3).count - supplements.count)
            let answers = supplements + Array(repeating: nil, count: missing)
            do throws(ScrapeError) {
                candidates = try scraper.read(page, supplements: answers)
            } catch {
                switch error {
                case .blocked:
                    return Reading(outcome: .blocked, note: "The shop refused to show the page to a program.")
                case .captcha: return Reading(outcome: .captcha, note: "The shop asked for proof of being human.")
                case .layoutChanged(let missing):
                    note =
                        "The plugin “\(type(of: scraper).id)” did not find \(missing.prefix(100)): the shop may have "
                        + "changed its pages."
                }
            }
        }
        return PageJudgement(survey: survey, status: answer.status, pluginCandidates: candidates, note: note).reading()
    }
}

extension Reading {
    /// What it means for a check that no answer came.
    package init(_ error: ExchangeError) {
        let outcome: Outcome =
            switch error {
            case .refused, .closed: .refused
            case .unreachable: .unreachable
            case .timeout: .timeout
            case .tooLarge: .tooLarge
            }
        self.init(outcome: outcome, note: error.description)
    }
}
