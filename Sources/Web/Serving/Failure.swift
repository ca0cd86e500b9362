import Hummingbird
import Logging
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
    /// In whole seconds.
    var retryAfter: Int?

    /// Errors nobody foresaw are logged here, where they stop travelling.
    init(_ error: any Error, logger: Logger) {
        switch error {
        case let error as RequestError: self.init(error)
        case let error as any HTTPResponseError: self.init(status: Int(error.status.code))
        default:
            logger.error("A request failed.", metadata: ["error": "\(String(reflecting: error))"])
            self.init(status: 500)
        }
    }

    init(_ error: RequestError) {
        status = error.status
        title = Self.title(error.status)
        sentence = error.sentence(besides: []) ?? ""
        existing = error.existing
        if case .invalid(let name, _) = error { field = name }
        if case .tooMany(_, let wait) = error { retryAfter = max(1, Int(wait.components.seconds)) }
    }

    private init(status: Int) {
        self.status = status
        title = Self.title(status)
        sentence = Self.sentence(status)
    }

    var response: HTTPFields {
        retryAfter.map { [.retryAfterField: String($0)] } ?? [:]
    }

    static func title(_ status: Int) -> String {
        switch status {
        case 400: "Not understood"
        case 401: "Sign in first"
        case 403: "Not allowed"
        case 404: "Not found"
        case 405: "Not possible here"
        case 409: "Already there"
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
        case 405: "This address does not do that."
        case 413: "What was sent is longer than is allowed here."
        case 500...: "This is not your fault. The details are in the log of this installation."
        default: "The request could not be understood."
        }
    }
}
