import Model
import TestSupport
import Testing

@testable import PluginAPI

@Suite struct AnswerJudgeTests {
    private let judge = AnswerJudge(receiver: "hooks.example.org", hidden: ["/hook/k3y-in-path", "whsec_abcdef"])

    private func check(_ status: Int, headers: HTTPHeaders = [:], body: String = "") throws {
        let response = HTTPResponse(status: status, headers: headers, body: Array(body.utf8), url: "https://x.example/")
        try judge.check(response, to: SampleMessage.targetPrice)
    }

    @Test(arguments: [200, 201, 202, 204, 299])
    func `an answer that says “taken” is a delivery`(status: Int) throws {
        try check(status)
    }

    @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 599])
    func `an answer that says “later” is tried again`(status: Int) {
        #expect(throws: NotNow("hooks.example.org answered \(status).")) { try check(status) }
    }

    @Test(arguments: [400, 401, 403, 404, 405, 413, 422, 304, 100])
    func `an answer that says “never” is final`(status: Int) {
        #expect(throws: Refused.self) { try check(status) }
    }

    @Test func `a receiver that is gone or has moved says what to do`() {
        #expect(
            throws: Refused(
                "hooks.example.org answered 410: it wants no more messages. Remove the channel or set another address."
            )
        ) { try check(410) }
        #expect(
            throws: Refused("hooks.example.org answered 301: it has moved. Set the channel's address to the new one.")
        ) { try check(301, headers: ["Location": "https://elsewhere.example/"]) }
    }

    @Test(arguments: [
        ("no such\r\n\thook\u{1b}[31m", ": “no such hook [31m”"),
        ("   \n", ""),
        ("Cannot POST /hook/k3y-in-path", ": “Cannot POST …”"),
        ("whsec_abcdef is wrong", ": “… is wrong”"),
        (String(repeating: "x", count: 300), ": “\(String(repeating: "x", count: 199))…”"),
        ("café \u{fffd}", ": “café \u{fffd}”"),
    ])
    func `the body is quoted as one short line without secrets`(body: String, expected: String) {
        #expect(throws: Refused("hooks.example.org answered 400\(expected).")) { try check(400, body: body) }
    }

    @Test(arguments: [
        ("120", nil, Duration.seconds(120)),
        ("0", nil, .zero),
        ("99999999999999999999", nil, .days(1)),
        ("Mon, 23 Nov 2026 17:01:33 GMT", nil, .seconds(60)),
        ("Monday, 23-Nov-26 17:01:33 GMT", nil, .seconds(60)),
        ("Mon Nov 23 17:01:33 2026", nil, .seconds(60)),
        ("Mon, 23 Nov 2026 16:00:00 GMT", nil, .zero),
        ("Fri, 01 Mar 2030 00:00:00 GMT", nil, .days(1)),
        // The server's clock is two hours behind ours: its own date counts.
        ("Mon, 23 Nov 2026 15:01:33 GMT", "Mon, 23 Nov 2026 15:01:03 GMT", .seconds(30)),
        ("soon", nil, nil),
        ("-5", nil, nil),
        ("Mon, 99 Nov 2026 17:01:33 GMT", nil, nil),
        ("", nil, nil),
    ])
    func `waits as long as the receiver asked`(header: String, date: String?, expected: Duration?) {
        var headers: HTTPHeaders = ["retry-after": header]
        headers["date"] = date
        #expect(throws: NotNow("hooks.example.org answered 503.", retryAfter: expected)) {
            try check(503, headers: headers)
        }
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Wed, 31 Dec 2025 23:59:59 GMT", 1_767_225_599),
    ])
    func `reads dates across leap years`(text: String, seconds: Int) {
        #expect(HTTPDate.read(text) == Timestamp(milliseconds: seconds * 1000))
    }

    @Test func `a sentence about the way gives no secret away either`() {
        let why = "https://hooks.example.org/hook/k3y-in-path did not answer in 30 s."
        let error = judge.failure(for: ExchangeError.timeout(why))
        #expect(error as? NotNow == NotNow("https://hooks.example.org… did not answer in 30 s."))
    }

    @Test func `what is no word of the exchange passes through`() {
        #expect(judge.failure(for: CancellationError()) is CancellationError)
        #expect(judge.failure(for: ExchangeError.tooLarge(limit: 10_000_000)) is Refused)
    }

    @Test func `a date counts from the time of the attempt where the answer has none`() {
        var message = SampleMessage.targetPrice
        message.attempted = message.created + .seconds(30)
        let headers: HTTPHeaders = ["Retry-After": "Mon, 23 Nov 2026 17:01:33 GMT"]
        #expect(throws: NotNow("hooks.example.org answered 429.", retryAfter: .seconds(30))) {
            try judge.check(HTTPResponse(status: 429, headers: headers, url: "https://x.example/"), to: message)
        }
    }
}
