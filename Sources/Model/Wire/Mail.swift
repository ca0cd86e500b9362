/// One mail to send: a subject, a plain text and the same in HTML.
package struct Mail: Hashable, Sendable, Codable {
    /// Addresses alone (`me@example.org`), at least one.
    package var to: [String]
    /// One line.
    package var subject: String
    package var text: String
    package var html: String?
    /// The same for every attempt to send the same message, so that a receiver can drop a second copy: the part of
    /// `Message-ID` before the `@`.
    package var idempotencyKey: String
    package var date: Timestamp

    package init(to: [String], subject: String, text: String, html: String?, idempotencyKey: String, date: Timestamp) {
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.idempotencyKey = idempotencyKey
        self.date = date
    }
}
