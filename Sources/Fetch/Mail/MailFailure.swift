import CCurl
import Model
import PluginAPI

/// Why a mail was not accepted, in words for a person and sorted into those that a later attempt may cure.
struct MailFailure {
    let code: CURLcode
    /// The server's last answer: 4xx may be cured by waiting, 5xx is not; else it said nothing against the mail.
    let status: Int
    /// The server's last line that said no.
    let reply: String
    /// libcurl's words.
    let problem: String
    let settings: MailSettings

    /// `NotNow` or `Refused`.
    var error: any Error {
        let name = "The mail server \(settings.host)"
        switch code {
        case CURLE_LOGIN_DENIED where !(400..<500).contains(status):
            return Refused("\(name) does not accept the user name and password of smtp.url. It said: “\(shownReply)”")
        case CURLE_USE_SSL_FAILED where settings.login != nil:
            return Refused(
                "\(name) offers no encryption (STARTTLS) on port \(settings.port), so the password of smtp.url is not "
                    + "sent. Use an address that begins with smtps://, or the server's other port."
            )
        case CURLE_COULDNT_RESOLVE_HOST:
            return NotNow("\(name) was not found: the name does not resolve. Check smtp.url and the name servers.")
        case CURLE_COULDNT_CONNECT:
            return NotNow("\(name) cannot be connected on port \(settings.port). Check smtp.url and the firewall.")
        case CURLE_OPERATION_TIMEDOUT, CURLE_ABORTED_BY_CALLBACK:
            return NotNow(
                "\(name) did not take the mail within \(settings.totalTimeout.shortText). It is tried again later."
            )
        case CURLE_PEER_FAILED_VERIFICATION:
            return NotNow("\(name) does not prove who it is: \(problem). Check smtp.url and the server's certificate.")
        default: break
        }
        if status >= 500, status < 600 { return Refused("\(name) refused the mail: “\(shownReply)”") }
        if status >= 400, status < 500 { return NotNow("\(name) does not take the mail now: “\(shownReply)”") }
        return NotNow("\(name) could not be spoken to: \(problem). It is tried again later.")
    }

    /// Foreign text: one line, at most 200 characters.
    private var shownReply: String {
        let line = reply.prefix { !$0.isNewline }.trimmingWhitespace()
        return String(line.prefix(200))
    }
}
