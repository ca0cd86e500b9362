import Hummingbird
import Model
import Monitoring

/// A request that was not done, ready to be told as a page or as a problem document.
struct Failure: Sendable {
    let status: Int
    /// A few words: `Not found`.
    let title: String
    /// A sentence for the person who asked; nothing from inside.
    let sentence: String
    var field: String?
    var existing: String?
    /// What programs tell this problem from others by, where the status is not enough.
    var code: String?
    /// In whole seconds.
    var retryAfter: Int?
    /// What an address does instead, for the header `Allow`: `GET, HEAD`.
    var allow: String?

    /// Errors nobody foresaw stop travelling here; `notes` carries them into the request's line of the log.
    init(_ error: any Error, notes: RequestNotes) {
        switch error {
        case let error as RequestError: self.init(error)
        case let error as ManualReportError: self.init(error)
        case let error as WrongMethod:
            self.init(status: 405)
            allow = error.allow
        case is TooBusy:
            self.init(
                status: 503,
                sentence: "More is asked of this installation than it can do at once. Try again in a moment."
            )
            retryAfter = 1
        case is TooSlow:
            notes.error = "The answer took too long and was given up."
            self.init(status: 503, sentence: "The answer took too long and was given up. Try again in a moment.")
            retryAfter = 30
        case is TooSlowBody:
            self.init(status: 408, sentence: "What was sent came too slowly, so nothing was done. Send it again.")
        case let error as any HTTPResponseError: self.init(status: Int(error.status.code))
        default:
            notes.error = String(reflecting: error)
            guard let trouble = StorageTrouble(error) else {
                self.init(status: 500)
                return
            }
            self.init(status: 503, sentence: trouble.sentence)
            let isShort = [.locked, .crowded, .closed, .unreachable, .uncertain, .queueUnreachable].contains(trouble)
            retryAfter = isShort ? 5 : 60
        }
    }

    init(_ error: RequestError) {
        status = error.status
        title = error.title ?? Self.title(error.status)
        sentence = error.sentence(besides: []) ?? ""
        existing = error.existing
        if case .invalid(let name, _) = error { field = name }
        if case .tooMany(_, let wait) = error { retryAfter = max(1, Int(wait.components.seconds)) }
    }

    init(_ error: ManualReportError) {
        status = error.status
        title = error.title
        sentence = error.sentence
        code = error.code
        retryAfter = error.retryAfter.map { max(1, ($0.wholeMilliseconds + 999) / 1000) }
    }

    init(status: Int, sentence: String? = nil) {
        self.status = status
        title = Self.title(status)
        self.sentence = sentence ?? Self.sentence(status)
    }

    var response: HTTPFields {
        var fields: HTTPFields = [:]
        fields[.retryAfterField] = retryAfter.map { String($0) }
        fields[.allow] = allow
        return fields
    }

    static func title(_ status: Int) -> String {
        switch status {
        case 400: "Not understood"
        case 401: "Sign in first"
        case 403: "Not allowed"
        case 404: "Not found"
        case 405: "Not possible here"
        case 408: "Too slow"
        case 409: "Not possible now"
        case 413: "Too long"
        case 422: "Something is not right"
        case 429: "Too many attempts"
        case 503: "Not available now"
        default: status >= 500 ? "Something went wrong" : "Not possible"
        }
    }

    private static func sentence(_ status: Int) -> String {
        switch status {
        case 404: "There is nothing at this address. It may have been removed."
        case 405: "This address is there, but it does something else. The header Allow says which methods it knows."
        case 413: "What was sent is longer than is allowed here."
        case 500...: "This is not your fault. The details are in the log of this installation."
        default: "The request could not be understood."
        }
    }
}
