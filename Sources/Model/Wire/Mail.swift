/// One mail to send: a subject, a plain text and the same in HTML.
package struct Mail: Hashable, Sendable, Codable {
    /// Addresses alone (`me@example.org`), at least one; where there are several, none of them sees another.
    package var to: [String]
    /// One line.
    package var subject: String
    package var text: String
    package var html: String?
    /// Those that `html` shows; nil for none.
    package var pictures: [MailPicture]?
    /// The same for every attempt to send the same message, so that a receiver can drop a second copy: the part of
    /// `Message-ID` before the `@`.
    package var idempotencyKey: String
    package var date: Timestamp

    package init(
        to: [String],
        subject: String,
        text: String,
        html: String?,
        pictures: [MailPicture]? = nil,
        idempotencyKey: String,
        date: Timestamp
    ) {
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.pictures = pictures
        self.idempotencyKey = idempotencyKey
        self.date = date
    }

    /// The HTML with its pictures in it, for a browser, which knows nothing of a mail's other parts.
    package var page: String? {
        guard let html, let pictures else { return html }
        let known = Dictionary(pictures.map { ($0.address, $0.base64) }) { first, _ in first }
        var (page, rest) = ("", html[...])
        while let mark = rest.firstRange(of: "\"cid:") {
            let start = rest.index(after: mark.lowerBound)
            let address = rest[start...].prefix { $0 != "\"" }
            page += rest[..<start] + (known[String(address)].map { "data:image/png;base64,\($0)" } ?? address)
            rest = rest[address.endIndex...]
        }
        return page + rest
    }
}
