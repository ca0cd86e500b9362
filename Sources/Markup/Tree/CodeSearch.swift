extension Document {
    /// The texts of three capital letters that follow `word`, at most `Code` and four signs after it, anywhere in scripts
    /// and attributes: `"currency":"USD"`, `currency_code = 'USD'`.
    ///
    /// At most 200.
    package func codes(after word: StaticString) -> [String] {
        bytes.withUnsafeBufferPointer { bytes in
            var codes: [String] = []
            var from = 0
            while codes.count < 200, let found = bytes.firstIndex(of: word, from: from) {
                var index = found + word.utf8CodeUnitCount
                from = index
                let rest = bytes[index..<min(bytes.count, index + 5)]
                for tail in ["Code", "_code", "-code"] where rest.starts(with: tail.utf8) { index += tail.utf8.count }
                let limit = min(bytes.count - 4, index + 6)
                while index < limit, !Self.isLetter(bytes[index]), !Self.isDigit(bytes[index]) { index += 1 }
                guard index <= limit, index < bytes.count - 3 else { continue }
                let code = bytes[index..<index + 3]
                guard code.allSatisfy({ $0 >= 0x41 && $0 <= 0x5a }), !Self.isLetter(bytes[index + 3]) else { continue }
                codes.append(String(decoding: code, as: UTF8.self))
            }
            return codes
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
