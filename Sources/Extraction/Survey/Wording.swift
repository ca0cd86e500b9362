/// Comparing names of products as they stand in different places.
enum Wording {
    /// Letters and digits alone, small.
    static func folded(_ text: some StringProtocol) -> String {
        var folded: [UInt8] = []
        var isASCII = true
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x7a: folded.append(byte)
            case 0x41...0x5a: folded.append(byte | 0x20)
            case 0x80...: isASCII = false
            default: break
            }
        }
        if isASCII { return String(decoding: folded, as: UTF8.self) }
        var letters = ""
        for scalar in text.lowercased().unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            letters.unicodeScalars.append(scalar)
        }
        return letters
    }

    /// A name made ready to be compared with many others.
    struct Name {
        fileprivate let folded: [UInt8]
        fileprivate let words: Set<String>

        init(_ text: String) {
            // By bytes: one character may have any number of them.
            let text = String(decoding: text.utf8.prefix(800), as: UTF8.self)[...]
            folded = Array(Wording.folded(text).utf8)
            words = Wording.words(text)
        }

        /// 0…1, how alike two names are: 1 where one holds the other as a good part of it.
        func likeness(_ other: Name) -> Double {
            let (a, b) = (folded, other.folded)
            guard !a.isEmpty, !b.isEmpty else { return 0 }
            if a == b { return 1 }
            let (short, long) = a.count < b.count ? (a, b) : (b, a)
            if short.count >= 4, Wording.holds(long, short) {
                return max(0.6, min(1, Double(short.count) / Double(long.count) + 0.35))
            }
            guard !words.isEmpty, !other.words.isEmpty else { return 0 }
            let shared = words.count(where: other.words.contains)
            return Double(shared) / Double(min(words.count, other.words.count)) * 0.9
        }
    }

    /// 0…1, how alike two names are: 1 where one holds the other as a good part of it.
    static func likeness(_ one: String, _ other: String) -> Double { Name(one).likeness(Name(other)) }

    private static func holds(_ long: [UInt8], _ short: [UInt8]) -> Bool {
        (0...(long.count - short.count)).contains { start in
            long[start] == short[0] && long[start..<start + short.count].elementsEqual(short)
        }
    }

    private static func words(_ text: Substring) -> Set<String> {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
        }
        var words: Set<String> = []
        var word: [UInt8] = []
        for byte in text.utf8 {
            let small = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
            if small >= 0x61 && small <= 0x7a || small >= 0x30 && small <= 0x39 {
                word.append(small)
            } else if !word.isEmpty {
                words.insert(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
        return words
    }
}

extension String {
    /// One line without white space around it.
    var trimmedLine: String {
        var line: [UInt8] = []
        line.reserveCapacity(utf8.count)
        var isSpaceDue = false
        var before: UInt8 = 0
        for byte in utf8 {
            // A no-break space has two bytes: C2 A0.
            let isNoBreak = byte == 0xa0 && before == 0xc2
            before = byte
            if isNoBreak {
                line.removeLast()
                while line.last == 0x20 { line.removeLast() }
            }
            if byte <= 0x20 || isNoBreak {
                isSpaceDue = !line.isEmpty
                continue
            }
            if isSpaceDue { line.append(0x20) }
            isSpaceDue = false
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }
}
