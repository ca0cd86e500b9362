import Monitoring

extension RequestError {
    /// The sentence, if it is about this field of a form.
    func sentence(for field: String) -> String? {
        guard case .invalid(field, let sentence) = self else { return nil }
        return sentence
    }

    /// The sentence, unless it is about one of these fields.
    func sentence(besides fields: Set<String>) -> String? {
        switch self {
        case .invalid(let field, let sentence): fields.contains(field) ? nil : sentence
        case .notFound(let sentence), .forbidden(let sentence), .conflict(let sentence, _), .tooMany(let sentence, _):
            sentence
        case .signInNeeded: "Sign in first."
        }
    }

    /// The id of what is in the way.
    var existing: String? {
        guard case .conflict(_, let existing) = self else { return nil }
        return existing
    }

    /// Whether a person can mend it in the form they sent.
    var isAboutForm: Bool {
        switch self {
        case .invalid, .conflict: true
        case .notFound, .forbidden, .signInNeeded, .tooMany: false
        }
    }

    /// A few words, where the status alone would say something else; nil where it says it.
    var title: String? {
        guard case .conflict(_, .some) = self else { return nil }
        return "Already there"
    }

    /// The HTTP status.
    var status: Int {
        switch self {
        case .notFound: 404
        case .invalid: 422
        case .conflict: 409
        case .forbidden: 403
        case .signInNeeded: 401
        case .tooMany: 429
        }
    }
}
