import FoundationEssentials
package import Model
package import PluginAPI

/// A message as a mail says it, whichever way the mail is sent.
package struct MailBody: Hashable, Sendable {
    /// One line of 1 to 200 characters.
    package let subject: String
    /// For programs that show no HTML; lines end in a line feed.
    package let text: String
    /// A whole document.
    package let html: String
    /// Those that the document shows.
    package let pictures: [MailPicture]

    /// The same message gives the same mail.
    package init(_ message: Message) {
        let subject = OneLine.text(message.subject, limit: 200)
        self.subject = subject.isEmpty ? "Price monitor" : subject
        text = TextMail(message).text
        let courses = message.report.map { ReportCourses($0, key: message.idempotencyKey) }
        html = HTMLMail(message, courses: courses).html.source
        pictures = courses?.pictures ?? []
    }
}
