/// The web's reading of “Latin 1”.
enum Windows1252 {
    static func utf8(_ body: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(body.count + body.count / 8)
        for byte in body {
            if byte < 0x80 {
                output.append(byte)
            } else {
                let scalar = byte < 0xa0 ? high[Int(byte) - 0x80] : UInt32(byte)
                output.append(contentsOf: Character(Unicode.Scalar(scalar) ?? "\u{fffd}").utf8)
            }
        }
        return output
    }

    /// Source: WHATWG Encoding Standard, index windows-1252, bytes 0x80…0x9F.
    private static let high: [UInt32] = [
        0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d,
        0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d,
        0x17e, 0x178,
    ]
}
