import PluginAPI
import TestSupport
import Testing

@testable import EmailPlugin

@Suite struct MailAddressTests {
    @Test(arguments: [
        ("me@example.org", ["me@example.org"]),
        (" me@example.org ,you@example.org,", ["me@example.org", "you@example.org"]),
        ("me@Example.org,me@example.org", ["me@example.org"]),
        ("first.last+prices@mail.example.co.uk", ["first.last+prices@mail.example.co.uk"]),
        ("me@nas", ["me@nas"]),
        ("o'neil@xn--bcher-kva.example", ["o'neil@xn--bcher-kva.example"]),
    ])
    func `reads one address or several`(text: String, expected: [String]) throws {
        #expect(try MailAddress.list(text).map(\.text) == expected)
    }

    @Test(arguments: [
        (",", MailAddressError.empty),
        ("Me <me@example.org>", .displayName("Me <me@example.org>")),
        ("\"me\"@example.org", .displayName("\"me\"@example.org")),
        ("me@example.org;you@example.org", .separator("me@example.org;you@example.org")),
        ("me@example.org you@example.org", .separator("me@example.org you@example.org")),
        ("me@example.org\r\nBcc:you@example.org", .separator("me@example.org\r\nBcc:you@example.org")),
        ("example.org", .noDomain("example.org")),
        ("bücher@example.org", .foreignLetters("bücher@example.org")),
        ("me@bücher.example", .foreignDomain("me@bücher.example")),
        ("@example.org", .local("@example.org")),
        ("me.@example.org", .local("me.@example.org")),
        ("a@b@example.org", .local("a@b@example.org")),
        ("me@", .domain("me@")),
        ("me@-example.org", .domain("me@-example.org")),
        ("me@example..org", .domain("me@example..org")),
        ("me@192.168.1.7", .domain("me@192.168.1.7")),
        ("me@exa_mple.org", .domain("me@exa_mple.org")),
    ])
    func `says what is wrong with a list`(text: String, expected: MailAddressError) {
        #expect(throws: expected) { try MailAddress.list(text) }
    }

    @Test func `refuses lengths that no mail server takes`() {
        let local = String(repeating: "m", count: 65)
        #expect(throws: MailAddressError.local("\(local)@example.org")) { try MailAddress("\(local)@example.org") }
        let long = "me@" + Array(repeating: String(repeating: "d", count: 60), count: 5).joined(separator: ".")
        #expect(throws: MailAddressError.domain(String(long.prefix(100)))) { try MailAddress(long) }
    }

    @Test func `refuses a mailing list's work`() {
        let many = (1...21).map { "me\($0)@example.org" }.joined(separator: ",")
        #expect(throws: MailAddressError.tooMany(21)) { try MailAddress.list(many) }
    }

    @Test func `the form's error is a sentence that names the option`() {
        #expect(throws: SetupError("to", "has “example.org”, which has no “@”; write it as me@example.org")) {
            try Email(PluginSetup(of: Email.self, ["to": "example.org"]))
        }
    }
}
