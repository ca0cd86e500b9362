import Testing

@testable import Monitoring

@Suite struct SecretTests {
    @Test func `a password matches its own hash only`() throws {
        let hash = try PasswordHash(hashing: "correct horse battery", cost: .least)
        let stored = try #require(PasswordHash(stored: hash.text))
        #expect(try stored.matches("correct horse battery"))
        #expect(try !stored.matches("correct horse batterz"))
        #expect(try !stored.matches(""))
    }

    @Test func `equal passwords have different hashes`() throws {
        let one = try PasswordHash(hashing: "correct horse battery", cost: .least).text
        #expect(try PasswordHash(hashing: "correct horse battery", cost: .least).text != one)
    }

    /// RFC 7914 §12, the vector for “password” and “NaCl” with N 1024, r 8, p 16, its first 32 bytes.
    @Test func `keys are those of the standard`() throws {
        let stored = "scrypt$1024$8$16$TmFDbA==$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI="
        let hash = try #require(PasswordHash(stored: stored))
        #expect(try hash.matches("password"))
    }

    @Test(arguments: ["", "scrypt$2$1$1$AA==", "md5$2$1$1$AA==$AA==", "scrypt$x$1$1$AA==$AA==", "scrypt$2$1$1$AA==$"])
    func `what is no hash is none`(text: String) {
        #expect(PasswordHash(stored: text) == nil)
    }

    @Test func `the standard cost is what the advice on storing passwords asks for`() {
        #expect(PasswordCost.standard == PasswordCost(rounds: 32768, blockSize: 8, parallelism: 3))
    }

    @Test func `secrets differ and are stored as hashes`() {
        let (one, other) = (Secret.make(), Secret.make())
        #expect(one != other)
        #expect(one.count == 43)
        #expect(Secret.hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    /// RFC 4231, test case 2.
    @Test func `plugins are lent the standard's signature`() {
        let signature = PluginDoors.sign(Array("what do ya want for nothing?".utf8), Array("Jefe".utf8))
        let expected: [UInt8] = [
            0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
            0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43,
        ]
        #expect(signature == expected)
    }
}
