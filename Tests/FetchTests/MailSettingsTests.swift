import Testing

@testable import Fetch

struct MailSettingsTests {
    private static func settings(_ url: String) throws -> MailSettings {
        try MailSettings(url: url, from: "Prices <prices@example.org>")
    }

    @Test(arguments: [
        ("smtp://mail.example.org", "mail.example.org", 587, false),
        ("smtps://Mail.Example.org", "mail.example.org", 465, true),
        ("smtp://mail.example.org:25/", "mail.example.org", 25, false), ("smtp://[::1]:2525", "::1", 2525, false),
        (" SMTP://mailhog:1025 ", "mailhog", 1025, false),
    ])
    func `reads scheme, host and port`(url: String, host: String, port: Int, isTLS: Bool) throws {
        let settings = try Self.settings(url)
        #expect(settings.host == host)
        #expect(settings.port == port)
        #expect(settings.isTLS == isTLS)
        #expect(settings.login == nil)
    }

    @Test(arguments: [
        ("smtp://me:secret@h", "me", "secret"),
        ("smtp://me%40example.org:p%3Aw%2F%40%25@h", "me@example.org", "p:w/@%"),
        ("smtp://me@example.org:a:b@h", "me@example.org", "a:b"), ("smtp://m%C3%BC:%e2%82%ac@h", "mü", "€"),
    ])
    func `decodes the login`(url: String, user: String, password: String) throws {
        #expect(try Self.settings(url).login == .init(user: user, password: password))
    }

    @Test(arguments: [
        ("mail.example.org", "smtp.url must look like smtp://user:password@mail.example.org:587."),
        ("http://mail.example.org", "smtp.url must begin with smtp:// or smtps://."),
        ("smtp://", "smtp.url names no host."),
        ("smtp://me:hunter2@", "smtp.url names no host."), ("smtp://me@h", "smtp.url names a user but no password."),
        ("smtp://:hunter2@h", "smtp.url names a password but no user."),
        (
            "smtp://me:hunter2%@h",
            "smtp.url holds a “%” in its user name or password that is not followed by two digits; "
                + "write it as %25."
        ),
        ("smtp://me:hunter2%0a@h", "smtp.url holds a control character in its user name or password."),
        ("smtp://me:hunter2@h:99999", "smtp.url has a port that is not a number from 1 to 65535."),
        ("smtp://me:hunter2@h:x", "smtp.url has a port that is not a number from 1 to 65535."),
        ("smtp://me:hunter2@h ost", "smtp.url names a host that cannot be one."),
        (
            "smtp://me:hunter2@h/x",
            "smtp.url holds something after the host; in a user name or password write “/” as %2F, "
                + "“?” as %3F, “#” as %23."
        ),
    ])
    func `says what is wrong without the password`(url: String, sentence: String) {
        let error = #expect(throws: MailSettingsError.self) { try Self.settings(url) }
        #expect(error?.description == sentence)
        #expect(!sentence.contains("hunter2"))
    }

    @Test(arguments: ["", "Prices", "Prices <prices>", "a@b@c", "a b@c", "a@b\r\nBcc: x@y", "<a@b>, c@d", "@b", "a@"])
    func `refuses a sender that is no address`(from: String) {
        let error = #expect(throws: MailSettingsError.self) { try MailSettings(url: "smtp://h", from: from) }
        #expect(error?.key == "smtp.from")
    }

    @Test(arguments: [
        ("prices@example.org", "", "prices@example.org"),
        ("Prices <prices@example.org>", "Prices", "prices@example.org"),
        ("\"Prices, all\" <p@e.org>", "Prices, all", "p@e.org"),
        ("Preis-Wächter <p@e.org>", "Preis-Wächter", "p@e.org"),
    ])
    func `reads a sender`(from: String, name: String, address: String) throws {
        let sender = try MailSettings(url: "smtp://h", from: from).from
        #expect(sender.name == name)
        #expect(sender.address == address)
    }

    @Test func `never shows the password`() throws {
        let settings = try Self.settings("smtp://me:hunter2@mail.example.org")
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), dumped, String(describing: settings.login)] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test(arguments: [
        ("smtp://localhost", true), ("smtp://127.0.0.1", true), ("smtp://127.8.0.1", true), ("smtp://[::1]", true),
        ("smtp://10.0.0.1", false), ("smtp://localhost.example.org", false), ("smtp://mail", false),
    ])
    func `knows this machine`(url: String, isLoopback: Bool) throws {
        #expect(try Self.settings(url).isLoopback == isLoopback)
    }
}
