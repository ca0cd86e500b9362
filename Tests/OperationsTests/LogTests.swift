import Logging
import Model
import Synchronization
import Testing

@testable import Operations

struct LogTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private let lines = Lines()

    private func logger(_ format: LogFormat, level: Logger.Level = .info) -> Logger {
        let lines = lines
        let make = format.handler(
            level: level,
            now: { Timestamp(milliseconds: 1_795_500_033_007) },
            write: { lines.add($0) }
        )
        return Logger(label: "host", factory: make)
    }

    @Test func `a line for people has time, level, message and data in order`() {
        logger(.text).info("Checked a listing.", metadata: ["listing.id": "01ab", "check.title": "Desk lamp", "b": ""])
        #expect(
            lines.all == [
                #"2026-11-24T06:00:33.007Z info     Checked a listing. b="" check.title="Desk lamp" listing.id=01ab"#
            ]
        )
    }

    @Test func `a line for machines is one JSON object`() {
        logger(.json).warning("Odd.", metadata: ["http.status": .stringConvertible(503), "job": ["id": "a\"b"]])
        #expect(
            lines.all == [
                #"{"timestamp":"2026-11-24T06:00:33.007Z","level":"warning","message":"Odd.","logger":"host","#
                    + #""http.status":503,"job.id":"a\"b"}"#
            ]
        )
    }

    @Test func `data never hides the time, the level or the message`() {
        logger(.json).info("True.", metadata: ["message": "false"])
        #expect(lines.all.first?.hasSuffix(#""message":"True.","logger":"host","metadata.message":"false"}"#) == true)
    }

    @Test(arguments: [LogFormat.text, .json])
    func `foreign text cannot begin a second line`(format: LogFormat) {
        logger(format).info("A\nB\u{1b}[31m", metadata: ["title": "x\r\ny"])
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
    }

    @Test(
        arguments: [LogFormat.text, .json],
        ["\u{1b}]0;title\u{7}", "\u{9b}31m", "a\u{2028}b", "\u{202e}gnp.exe", "\u{85}", "x\u{0}y", "a=b c\"d"]
    )
    func `nothing in a line is obeyed by a terminal`(format: LogFormat, text: String) {
        logger(format).info("\(text)", metadata: ["title": "\(text)", "k\(text)": "v", "list": ["\(text)"]])
        let line = lines.all.first ?? ""
        #expect(lines.all.count == 1)
        let unfit = line.unicodeScalars.filter(\.isUnfitForALine)
        #expect(unfit.isEmpty, "\(line.debugDescription)")
    }

    @Test func `what is far too long is cut, and its length said`() {
        let page = String(repeating: "ü", count: 5000)
        logger(.text).info("A \(page)", metadata: ["page": "\(page)", "ids": .array((0..<500).map { "\($0)" })])
        let line = lines.all.first ?? ""
        #expect(line.utf8.count < 3000)
        #expect(line.contains("… (10000 bytes)"))
        #expect(line.contains("… 480 more"))
    }

    @Test(arguments: [
        ("2026-11-24T06:00:33.007Z", 0), ("2026-11-24T06:00:33.999Z", 992), ("2026-11-24T06:00:34.010Z", 1003),
    ])
    func `each line has its own millisecond`(text: String, later: Int) {
        var line = ""
        LogTime.write(Timestamp(milliseconds: 1_795_500_033_007 + later), to: &line)
        #expect(line == text)
    }

    @Test(arguments: [
        ("JobName", "job.name"), ("job_name", "job.name"), ("hb.request.id", "hb.request.id"), ("ID", "id"),
    ])
    func `keys are dotted and lowercase whoever wrote them`(key: String, written: String) {
        #expect(LogField.dotted(key) == written)
    }

    @Test func `a message below the level is not written`() {
        logger(.text, level: .warning).info("Detail.")
        #expect(lines.all.isEmpty)
    }

    @Test func `what a logger carries is written with every message`() {
        var carrying = logger(.text)
        carrying[metadataKey: "role"] = "worker"
        carrying.info("A.")
        carrying.info("B.", metadata: ["role": "web"])
        #expect(lines.all.map { $0.suffix(14) } == ["A. role=worker", "    B. role=web"].map { $0.suffix(14) })
    }
}
