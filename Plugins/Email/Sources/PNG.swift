import CZlib

/// A picture in one colour on nothing, as a PNG: sixteen shades from transparent to opaque, so that it reads on a light
/// and on a dark ground. <https://www.w3.org/TR/png-3/>
struct PNG {
    let bytes: [UInt8]

    /// `shades` has a value of 0 (transparent) to 15 (opaque) for each pixel, row by row from the top.
    ///
    /// The same picture gives the same bytes.
    init(width: Int, shades: [UInt8], red: UInt8, green: UInt8, blue: UInt8) {
        precondition(width > 0 && width.isMultiple(of: 2) && shades.count.isMultiple(of: width), "Rows must be whole.")
        let height = shades.count / width
        let palette = Array(repeating: [red, green, blue], count: 16).flatMap(\.self)
        let opacity = (0..<16).map { UInt8($0 * 17) }
        // 4 bits a pixel by the palette, not interlaced.
        let header = Self.number(width) + Self.number(height) + [4, 3, 0, 0, 0]
        bytes =
            [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + Self.chunk("IHDR", header)
            + Self.chunk("PLTE", palette) + Self.chunk("tRNS", opacity)
            + Self.chunk("IDAT", Self.compressed(Self.rows(shades, width: width))) + Self.chunk("IEND", [])
    }

    /// Two pixels a byte; each row begins with its filter, none.
    private static func rows(_ shades: [UInt8], width: Int) -> [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity(shades.count / 2 + shades.count / width)
        for start in stride(from: 0, to: shades.count, by: width) {
            rows.append(0)
            for pixel in stride(from: start, to: start + width, by: 2) {
                rows.append(shades[pixel] << 4 | shades[pixel + 1] & 15)
            }
        }
        return rows
    }

    private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var count = compressBound(UInt(bytes.count))
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, used in
            let status = compress2(buffer.baseAddress, &count, bytes, UInt(bytes.count), Z_BEST_COMPRESSION)
            precondition(status == Z_OK, "zlib has no memory for a few kilobytes.")
            used = Int(count)
        }
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + content
        return number(content.count) + named + number(Int(crc32(0, named, UInt32(named.count))))
    }

    /// 32 bits, the highest first.
    private static func number(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
