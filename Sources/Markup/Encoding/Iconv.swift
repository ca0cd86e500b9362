import CXML2

/// The C library's converters.
enum Iconv {
    /// nil where the C library does not know the character set; bytes that mean nothing become U+FFFD.
    static func utf8(_ body: [UInt8], from name: String) -> [UInt8]? {
        let converter = iconv_open("UTF-8", name)
        guard let converter, UInt(bitPattern: converter) != UInt.max else { return nil }
        defer { iconv_close(converter) }
        var input = body
        var output: [UInt8] = []
        output.reserveCapacity(body.count + body.count / 2)
        var chunk = [UInt8](repeating: 0, count: 65_536)
        input.withUnsafeMutableBytes { input in
            guard let base = input.baseAddress else { return }
            var next: UnsafeMutablePointer<CChar>? = base.assumingMemoryBound(to: CChar.self)
            var left = input.count
            while left > 0 {
                let before = left
                let written = chunk.withUnsafeMutableBytes { chunk -> Int in
                    var to: UnsafeMutablePointer<CChar>? = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var room = chunk.count
                    _ = iconv(converter, &next, &left, &to, &room)
                    return chunk.count - room
                }
                output.append(contentsOf: chunk[..<written])
                // Stuck without having filled the chunk: a byte that means nothing, or a character cut off at the end.
                if left > 0, written < chunk.count - 16 || left == before {
                    output.append(contentsOf: [0xef, 0xbf, 0xbd])
                    next = next?.successor()
                    left -= 1
                }
            }
        }
        return output
    }
}
