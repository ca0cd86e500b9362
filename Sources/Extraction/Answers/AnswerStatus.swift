import Model

/// What an answer's status and form decide before the page is looked at.
enum AnswerStatus {
    /// nil where the page itself has to be read.
    static func reading(_ answer: HTTPResponse) -> Reading? {
        switch answer.status {
        case 304: return Reading(outcome: .unchanged)
        case 404:
            return Reading(outcome: .notFound, note: "The shop answered that this page does not exist (status 404).")
        case 410:
            return Reading(outcome: .gone, note: "The shop answered that this page is gone for good (status 410).")
        default: break
        }
        if (200..<300).contains(answer.status), answer.body.isEmpty {
            return Reading(outcome: .notAPage, note: "The shop's answer (status \(answer.status)) is empty.")
        }
        guard let note = AnswerForm.notAPage(answer) else { return nil }
        // What stands in an error's file does not matter.
        return (200..<300).contains(answer.status) ? Reading(outcome: .notAPage, note: note) : failure(answer.status)
    }

    /// What a status means whose page shows neither a challenge nor a product; nil for a page in order.
    static func failure(_ status: Int) -> Reading? {
        switch status {
        case 200..<300: nil
        case 401, 403, 407, 429, 451:
            Reading(outcome: .blocked, note: "The shop refused to show the page to a program (status \(status)).")
        case 500...:
            Reading(
                outcome: .unreachable,
                note: "The shop's server failed (status \(status)). It may work again later."
            )
        default:
            Reading(outcome: .unreachable, note: "The shop answered with status \(status) instead of a page.")
        }
    }
}
