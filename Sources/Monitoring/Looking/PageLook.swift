package import Extraction
import Fetch
package import Model
import PluginAPI

/// One look at a page: fetched, with what a plugin wants beside it, and read.
///
/// Touches no database.
package struct PageLook: Sendable {
    private let reader: PageReader
    private let door: PageDoor
    private let digest: PageDigest
    /// Reading a page takes up to 50 ms of one core.
    private let reading = BlockingQueue(label: "reading", isConcurrent: true)

    /// `program` names this build: pages that did not change are read again by another one.
    package init(reader: PageReader, door: PageDoor, program: String = "") {
        self.reader = reader
        self.door = door
        digest = PageDigest(program: program)
    }

    /// Whatever the shop does is an outcome.
    ///
    /// Throws only when cancelled, and what the database throws in which processes share what they know of shops; with a
    /// `patience` also `LaterTurn`. A second look at a price that is doubted goes
    /// past whatever may have kept the first answer: open connections, and caches on the way.
    package func look(
        at address: WebAddress,
        validators: Listing.Validators = .init(),
        isSecond: Bool = false,
        patience: Duration? = nil
    ) async throws -> Looked {
        var request = HTTPRequest(url: address.text, isFresh: isSecond)
        if isSecond { request.headers["Cache-Control"] = "no-cache" }
        request.headers["If-None-Match"] = validators.etag
        request.headers["If-Modified-Since"] = validators.lastModified
        let start = ContinuousClock.now
        let answer: HTTPResponse
        do {
            answer = try await door.exchange(request, patience)
        } catch let error as ExchangeError {
            return Looked(
                reading: Reading(error),
                status: nil,
                finalURL: address.text,
                took: ContinuousClock.now - start,
                validators: Listing.Validators(),
                opensIn: error.opensIn
            )
        }
        let (reading, next) = try await read(answer, asked: address, validators)
        if let verdict = Self.verdict(on: reading, status: answer.status) {
            try await door.report(answer.url, verdict)
        }
        return Looked(
            reading: reading,
            status: answer.status,
            finalURL: answer.url,
            took: ContinuousClock.now - start,
            validators: next,
            asked: validators
        )
    }

    /// What the answer says, and what to know it by next time.
    private func read(
        _ answer: HTTPResponse,
        asked: WebAddress,
        _ before: Listing.Validators
    ) async throws -> (Reading, Listing.Validators) {
        let (reader, digest) = (reader, digest)
        let (look, own) = try await reading.run { () -> (PageReader.Look, String?) in
            var own: String?
            let look = reader.look(at: answer, asked: asked) { text in
                own = digest.digest(of: answer, text: text)
                return own != nil && own == before.digest
            }
            return (look, own)
        }
        switch look {
        case .done(let reading): return (reading, Self.validators(of: answer, own, reading: reading, before: before))
        case .needs(let requests):
            let supplements = try await supplements(requests)
            let reading = try await reading.run { reader.read(answer, asked: asked, supplements: supplements) }
            // That the page is the same tells nothing of what its plugin fetches beside it.
            return (reading, Listing.Validators())
        }
    }

    /// nil where no answer came: the page alone may still be enough.
    private func supplements(_ requests: [HTTPRequest]) async throws -> [HTTPResponse?] {
        var answers: [HTTPResponse?] = []
        for request in requests {
            do {
                answers.append(try await door.exchange(request, nil))
            } catch is ExchangeError {
                answers.append(nil)
            }
        }
        return answers
    }

    /// What a page says about its shop; nil where its server failed, which the door has seen itself.
    private static func verdict(on reading: Reading, status: Int) -> SiteDoor.Verdict? {
        switch reading.outcome {
        case .blocked: .trouble("it refused to show a page to a program.")
        case .captcha: .trouble("it asked for proof of being human.")
        default: status < 500 ? .fine : nil
        }
    }

    /// Only an answer that was read to the end may be asked for conditionally; a 304 leaves them as they are.
    private static func validators(
        of answer: HTTPResponse,
        _ digest: String?,
        reading: Reading,
        before: Listing.Validators
    ) -> Listing.Validators {
        if answer.status == 304, reading.outcome == .unchanged { return before }
        guard answer.status == 200, reading.outcome.isReading else { return Listing.Validators() }
        return Listing.Validators(
            etag: answer.headers["ETag"],
            lastModified: answer.headers["Last-Modified"],
            digest: digest
        )
    }
}

/// What one look gave.
package struct Looked: Hashable, Sendable {
    package let reading: Reading
    /// The HTTP status; nil where no answer came.
    package let status: Int?
    /// The address that answered, after redirects.
    package let finalURL: String
    package let took: Duration
    /// What to send with the next look.
    package let validators: Listing.Validators
    /// What “unchanged” is measured by: what was known of the page when it was asked for.
    package var asked = Listing.Validators()
    /// When the shop may be asked again that is left alone now; nil where it was asked.
    package var opensIn: Duration?
}

extension ExchangeError {
    fileprivate var opensIn: Duration? {
        guard case .closed(_, let opensIn) = self else { return nil }
        return opensIn
    }
}
