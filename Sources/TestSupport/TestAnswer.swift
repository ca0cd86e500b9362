/// What a `TestServer` does after it has read a request.
package struct TestAnswer: Sendable {
    /// One thing to do with the connection.
    package enum Step: Sendable {
        /// Writes bytes as they are.
        case send([UInt8])
        /// Goes on when the test opens the gate, or when the server is closed.
        case wait(Gate)
        /// Writes the same bytes again and again until the other side goes away.
        case forever([UInt8])
        /// Writes the byte again and again, one at a time with this many milliseconds between, until the other side goes away.
        case drip(UInt8, milliseconds: UInt32)
        /// Does nothing until the other side goes away.
        case hang
        /// Ends the connection with a reset instead of an orderly end.
        case reset
    }

    /// In order.
    package var steps: [Step]
    /// Whether the connection may carry another request afterwards.
    package var keepsOpen: Bool

    /// Exactly these steps.
    package init(steps: [Step], keepsOpen: Bool = false) {
        self.steps = steps
        self.keepsOpen = keepsOpen
    }

    /// An ordinary answer with its `Content-Length`.
    package static func response(
        _ status: Int = 200,
        headers: [(String, String)] = [],
        body: [UInt8] = []
    ) -> Self {
        let length = status == 304 || status == 204 ? [] : [("Content-Length", "\(body.count)")]
        return Self(steps: [.send(head(status, headers + length) + body)], keepsOpen: true)
    }

    /// A page in UTF-8.
    package static func page(_ html: String, headers: [(String, String)] = []) -> Self {
        response(headers: [("Content-Type", "text/html; charset=utf-8")] + headers, body: Array(html.utf8))
    }

    /// A redirect with an empty body; `location` is sent as it is.
    package static func redirect(to location: String, status: Int = 302, headers: [(String, String)] = []) -> Self {
        response(status, headers: [("Location", location)] + headers)
    }

    /// A body in chunks, each sent on its own.
    package static func chunked(_ chunks: [[UInt8]], headers: [(String, String)] = []) -> Self {
        let parts = chunks.map { Step.send(Array("\(String($0.count, radix: 16))\r\n".utf8) + $0 + Array("\r\n".utf8)) }
        let head = head(200, headers + [("Transfer-Encoding", "chunked")])
        return Self(steps: [.send(head)] + parts + [.send(Array("0\r\n\r\n".utf8))], keepsOpen: true)
    }

    /// A status line and headers with the empty line after them, for answers made of steps.
    package static func head(_ status: Int, _ headers: [(String, String)]) -> [UInt8] {
        let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
        return Array("HTTP/1.1 \(status) Test\r\n\(lines)\r\n".utf8)
    }
}
