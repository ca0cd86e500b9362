import CZlib
import Model
import PluginAPI
import TestSupport
import Testing

@testable import EmailPlugin

@Suite struct CoursePictureTests {
    private func picture(_ course: [Int?], price: Int? = 100) -> CoursePicture? {
        CoursePicture(
            of: SampleMessage.item(
                "Lamp",
                price: price.flatMap(SampleMessage.euros),
                before: nil,
                averages: [],
                course: course
            )
        )
    }

    @Test(arguments: [[], [nil], [nil, 7], [5, 5, nil, 5]])
    func `a price that never moved has no picture`(course: [Int?]) {
        #expect(picture(course) == nil)
    }

    @Test func `a product without a price has no picture`() {
        #expect(picture([1, 2], price: nil) == nil)
    }

    @Test func `says in words what it shows`() {
        let words = picture([nil, 4990, 5290, nil, 3900, 4500])?.words
        #expect(words == "90 days: from €49.90 to €45.00, lowest €39.00, highest €52.90")
    }

    @Test func `a price that falls is a line from the top to the bottom, on nothing`() throws {
        let pixels = try Pixels(try #require(picture([200, 100, 100])).png.bytes)
        #expect(pixels.width == 240)
        #expect(pixels.height == 48)
        #expect(pixels.shade(10, 6) == 15, "the line on the left, at the top")
        #expect(pixels.shade(10, 0) == 0, "nothing above it")
        #expect(pixels.shade(10, 30) == 3, "the light ground below it")
        #expect(pixels.shade(234, 42) == 15, "the line on the right, at the bottom")
        #expect(pixels.shade(228, 8) == 0, "nothing where the price was before")
    }

    @Test func `while it could not be bought there is no line`() throws {
        let pixels = try Pixels(try #require(picture([200, nil, nil, nil, 100])).png.bytes)
        #expect((0..<48).allSatisfy { pixels.shade(120, $0) == 0 })
    }

    @Test(arguments: [[Int.min, Int.max], [Int.max, 0, Int.min], [Int?](repeating: 1, count: 5000) + [2]])
    func `no course is too steep or too long`(course: [Int?]) throws {
        #expect(try Pixels(try #require(picture(course)).png.bytes).width == 240)
    }
}

/// A picture of sixteen shades, read back with all sums checked.
private struct Pixels {
    let width: Int
    let height: Int
    private let rows: [UInt8]

    init(_ png: [UInt8]) throws {
        #expect(Array(png.prefix(8)) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
        var (names, place, header, packed) = ([String](), 8, [UInt8](), [UInt8]())
        while place < png.count {
            let length = Self.number(png[place...])
            let named = Array(png[(place + 4)..<(place + 8 + length)])
            #expect(Self.number(png[(place + 8 + length)...]) == Int(crc32(0, named, UInt32(named.count))))
            let name = String(decoding: named.prefix(4), as: UTF8.self)
            names.append(name)
            if name == "IHDR" { header = Array(named.dropFirst(4)) }
            if name == "IDAT" { packed = Array(named.dropFirst(4)) }
            place += 12 + length
        }
        #expect(names == ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"])
        (width, height) = (Self.number(header[...]), Self.number(header[4...]))
        #expect(Array(header[8...]) == [4, 3, 0, 0, 0])
        var (rows, count) = ([UInt8](repeating: 0, count: 1_000_000), UInt(1_000_000))
        #expect(uncompress(&rows, &count, packed, UInt(packed.count)) == Z_OK)
        try #require(Int(count) == height * (1 + width / 2))
        self.rows = rows
    }

    func shade(_ x: Int, _ y: Int) -> UInt8 {
        let byte = rows[y * (1 + width / 2) + 1 + x / 2]
        return x.isMultiple(of: 2) ? byte >> 4 : byte & 15
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) } }
}
