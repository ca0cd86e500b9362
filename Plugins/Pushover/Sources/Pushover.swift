import Model
package import PluginAPI

/// Sends messages to phones through Pushover. <https://pushover.net/api>
package struct Pushover: Notifier {
    package static let id: PluginID = "pushover"
    package static let title = "Pushover"
    package static let summary = "Sends each message to your devices through Pushover."
    package static let carriesKey = false
    package static let options = [
        Option(
            "user",
            "Your user key, or the key of a group; it stands on your page at pushover.net.",
            kind: .secret,
            example: "uMadeUpUserKeyOf30Characters01"
        ),
        Option(
            "token",
            "The API token of an application; make one for the price monitor at pushover.net/apps/build.",
            kind: .secret,
            example: "aMadeUpTokenOfanApplication001"
        ),
        Option(
            "device",
            "The name of the device to send to, or several separated by commas; all of them without it.",
            example: "phone",
            standard: ""
        ),
    ]

    private static let address = "https://api.pushover.net/1/messages.json"

    private let user: String
    private let token: String
    private let device: String
    private let judge: AnswerJudge
    private let exchange: HTTPExchange

    package init(_ setup: PluginSetup) throws(SetupError) {
        user = setup["user"]
        token = setup["token"]
        device = setup["device"]
        for (key, value) in [("user", user), ("token", token)] where !Self.isKey(value) {
            throw SetupError(key, "must be 30 letters and digits, as pushover.net shows it")
        }
        let names = device.split(separator: ",", omittingEmptySubsequences: false)
        guard device.isEmpty || names.allSatisfy(Self.isDevice) else {
            throw SetupError("device", "must be names of 1 to 25 letters, digits, “_” and “-”, separated by commas")
        }
        judge = AnswerJudge(receiver: "Pushover", hidden: [user, token])
        exchange = setup.exchange
    }

    package func send(_ message: Message) async throws {
        let request = HTTPRequest(
            method: .post,
            url: Self.address,
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array(form(of: message).utf8)
        )
        try judge.check(try await judge.answer(to: request, by: exchange), to: message)
    }

    /// Limits are in code points. <https://pushover.net/api#limits>
    private func form(of message: Message) -> String {
        let text = ChatText(message)
        let measure = TextMeasure.codePoints
        // An address that does not fit its place is no address: then it is not sent.
        let link = text.first.flatMap { measure.length(of: $0.address) <= 512 ? $0 : nil }
        let lines = text.plainLines(withShop: false)
        var fields = [
            ("token", token),
            ("user", user),
            ("title", measure.cut(text.title, to: 250)),
            ("message", measure.fit(lines.isEmpty ? [text.title] : lines, to: 1024)),
            ("timestamp", "\(message.created.milliseconds / 1000)"),
        ]
        if let link { fields += [("url", link.address), ("url_title", measure.cut(link.text, to: 100))] }
        if !device.isEmpty { fields.append(("device", device)) }
        return fields.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
    }

    /// The text in a form. <https://url.spec.whatwg.org/#application/x-www-form-urlencoded>
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte.isASCIILetterOrDigit || "-._*".utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isKey(_ text: String) -> Bool {
        text.utf8.count == 30 && text.utf8.allSatisfy(\.isASCIILetterOrDigit)
    }

    private static func isDevice(_ name: Substring) -> Bool {
        (1...25).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x2d || $0 == 0x5f }
    }
}
