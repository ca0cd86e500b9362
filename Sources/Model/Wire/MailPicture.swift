/// A picture that travels with a mail and is shown in its HTML, where an `<img>` names it as `cid:<id>`.
///
/// Mail programs show neither SVG nor `data:` addresses, and block pictures that lie elsewhere.
package struct MailPicture: Hashable, Sendable, Codable {
    /// `course-1@digest.01k2…`: an id as RFC 2392 wants it, letters, digits, dots and dashes around an `@`.
    package let id: String
    /// A PNG, in base64 without line ends.
    package let base64: String

    package init(id: String, base64: String) {
        self.id = id
        self.base64 = base64
    }

    /// A name for programs that show it as an attachment.
    package var filename: String { "\(id.prefix { $0 != "@" }).png" }

    /// What names it in the HTML.
    package var address: String { "cid:\(id)" }
}
