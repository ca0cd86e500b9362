import FoundationEssentials

/// A real SMTP server (Python's aiosmtpd) as a child of the test; it ends with the object.
package final class SMTPSink: Sendable {
    /// How the server behaves.
    package struct Options: Sendable {
        /// Whether it can encrypt after `STARTTLS`.
        package enum StartTLS: String, Sendable { case no, offer, require }

        /// With a certificate that nobody trusts, made at the start.
        package var startTLS = StartTLS.no
        /// TLS from the first byte, as for smtps://.
        package var isTLS = false
        /// `user:password` that must be given; empty: nobody is asked.
        package var login = ""
        /// Said after the mail's last line; a mail is written down only where it begins with 2.
        package var answer = "250 2.0.0 Accepted"
        /// Said to each recipient where it is not 250; empty: 250.
        package var recipientAnswer = ""
        /// Before `answer`, after the mail was written down.
        package var delay: Duration = .zero
        /// Whether each answer waits for `release()`, after the mail was written down.
        package var isHeld = false
        /// Where to listen; 0 takes any free port.
        package var port = 0

        /// A server that accepts everything in clear.
        package init() {}
    }

    /// One mail as the server got it.
    package struct Received: Hashable, Sendable {
        /// The address of the envelope.
        package let from: String
        /// The addresses of the envelope.
        package let to: [String]
        /// As received, line ends included.
        package let message: String
        /// Who has signed in.
        package let user: String?
        /// Whether the connection was encrypted by `STARTTLS`.
        package let tls: Bool
        /// How the client named itself.
        package let helo: String?
    }

    private struct Line: Decodable {
        let from: String
        let to: [String]
        let message: Data
        let user: String?
        let tls: Bool
        let helo: String?
    }

    private struct Greeting: Decodable {
        let port: Int
        let certificate: String?
    }

    /// Where it listens on 127.0.0.1.
    package let port: Int
    /// The PEM file of its certificate, which exists as long as the server runs.
    package let certificate: String?
    private let child: ChildProcess

    /// Returns when the server listens.
    package init(_ options: Options = Options()) async throws {
        // Debian's own Python: another one on the path would not know Debian's python3-aiosmtpd.
        child = try ChildProcess("/usr/bin/python3", [Self.script] + Self.arguments(options))
        let greeting = try Self.decode(Greeting.self, try await child.lines(1)[0])
        port = greeting.port
        certificate = greeting.certificate
    }

    /// The first `count` mails, as soon as they are there.
    package func mails(_ count: Int) async throws -> [Received] {
        try await child.lines(count + 1).dropFirst().map { text in
            let line = try Self.decode(Line.self, text)
            return Received(
                from: line.from,
                to: line.to,
                message: String(decoding: line.message, as: UTF8.self),
                user: line.user,
                tls: line.tls,
                helo: line.helo
            )
        }
    }

    /// Lets the answer to one held mail go; may be called before it comes.
    package func release() {
        child.send("release")
    }

    /// Ends the server; may be called again.
    package func close() {
        child.close()
    }

    private static func decode<T: Decodable>(_ type: T.Type, _ line: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(line.utf8))
    }

    private static func arguments(_ options: Options) -> [String] {
        let delay = options.delay.components
        let milliseconds = delay.seconds * 1000 + delay.attoseconds / 1_000_000_000_000_000
        var words = ["--port", "\(options.port)", "--starttls", options.startTLS.rawValue, "--answer", options.answer]
        words += ["--login", options.login, "--recipient-answer", options.recipientAnswer]
        words += ["--delay", "\(Double(milliseconds) / 1000)"]
        if options.isTLS { words.append("--tls") }
        if options.isHeld { words.append("--hold") }
        return words
    }

    /// The script lies beside this file.
    private static let script: String = {
        let here = #filePath
        return String(here[..<(here.lastIndex(of: "/") ?? here.startIndex)]) + "/smtp-sink.py"
    }()
}
