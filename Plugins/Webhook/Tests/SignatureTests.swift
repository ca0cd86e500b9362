import FoundationEssentials
import PluginAPI
import Testing

@testable import WebhookPlugin

@Suite struct SignatureTests {
    /// The vector that the libraries of Standard Webhooks are tested with.
    @Test(arguments: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    func `signs as the libraries of Standard Webhooks expect`(secret: String) throws {
        let body = #"{"test": 2432232314}"#
        let key = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = try #require(Data(base64Encoded: "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="))
        // HMAC-SHA-256 at the one point that the vector names; the host's own is tested where it is made.
        let sign: MessageSigning = { message, usedKey in
            let signed = "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.\(body)"
            return message == Array(signed.utf8) && usedKey == [UInt8](key) ? [UInt8](signature) : []
        }
        let header = try #require(try Signature(secret: secret, sign: sign))
            .header(id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: "1614265330", body: Array(body.utf8))
        #expect(header == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `without a secret there is no signature`() throws {
        #expect(try Signature(secret: "", sign: nil) == nil)
    }

    @Test(arguments: [
        ("my password", "secret is not base64; “openssl rand -base64 32” makes a good one."),
        ("c2hvcnQ=", "secret stands for 5 bytes, but must for 24 to 64; “openssl rand -base64 32” makes a good one."),
    ])
    func `a secret that receivers' libraries would not take is refused`(secret: String, expected: String) {
        let error = #expect(throws: SetupError.self) { try Signature(secret: secret) { _, _ in [] } }
        #expect(error?.description == expected)
    }

    @Test func `a host that cannot sign says so instead of sending unsigned`() {
        #expect(throws: SetupError("secret", "cannot be used, because this installation cannot sign; leave it empty")) {
            try Signature(secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", sign: nil)
        }
    }
}
