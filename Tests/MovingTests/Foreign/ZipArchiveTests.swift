import Testing

@testable import Moving

struct ZipArchiveTests {
    @Test(arguments: [true, false])
    func `files are read as they are, packed or not`(isPacked: Bool) throws {
        var zip = Zip()
        let long = String(repeating: "Größe M. ", count: 5000)
        zip.add("a/b.txt", long, isPacked: isPacked)
        zip.add("empty", "", isPacked: isPacked)
        zip.add("folder/", "", isPacked: false)
        let archive = try ZipArchive(zip.finished(), named: "x.zip")
        #expect(archive.entries.keys.sorted() == ["a/b.txt", "empty"])
        #expect(try archive.contents(of: "a/b.txt") == Array(long.utf8))
        #expect(try archive.contents(of: "empty") == [])
        #expect(try archive.contents(of: "missing") == nil)
    }

    @Test(arguments: ["../evil", "/etc/passwd", "a/../../b", "a\\b", "./a", "a//b"])
    func `names that lead out of the archive are not there`(name: String) throws {
        var zip = Zip()
        zip.add(name, "x")
        zip.add("good", "x")
        let archive = try ZipArchive(zip.finished(), named: "x.zip")
        #expect(archive.entries.keys.sorted() == ["good"])
    }

    @Test func `an encrypted file is not there`() throws {
        var zip = Zip()
        zip.add("secret", "x", flags: 1)
        #expect(try ZipArchive(zip.finished(), named: "x.zip").entries.isEmpty)
    }

    @Test func `a file that is larger or smaller than it says, or has another sum, is refused`() throws {
        let text = String(repeating: "a", count: 100_000)
        for wrong in [(99_999, nil), (100_001, nil), (1 << 31, nil), (100_000, 7)] as [(Int, Int?)] {
            var zip = Zip()
            zip.add("bomb", text, size: wrong.0, sum: wrong.1)
            let archive = try ZipArchive(zip.finished(), named: "x.zip")
            #expect(throws: MovingError.self, "\(wrong)") { try archive.contents(of: "bomb") }
        }
    }

    @Test func `no bytes make the reader crash or read outside`() throws {
        var zip = Zip()
        zip.add("a.txt", "some text that is here")
        zip.add("b.txt", "other text", isPacked: false)
        let whole = zip.finished()
        for place in whole.indices {
            for bit in [1, 128] as [UInt8] {
                var bytes = whole
                bytes[place] ^= bit
                Self.readAll(bytes)
            }
            Self.readAll(Array(whole.prefix(place)))
        }
        #expect(throws: MovingError.self) { try ZipArchive([], named: "x.zip") }
    }

    /// Whatever comes of it.
    private static func readAll(_ bytes: [UInt8]) {
        guard let archive = try? ZipArchive(bytes, named: "x.zip") else { return }
        for name in archive.entries.keys { _ = try? archive.contents(of: name) }
    }
}
