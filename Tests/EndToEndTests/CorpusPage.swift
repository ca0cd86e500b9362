import FoundationEssentials
import Testing

/// A page saved from a real shop, with its known price; read from the folder shared and never copied from there.
struct CorpusPage: Sendable, CustomTestStringConvertible {
    let file: String
    /// The address it was saved from.
    let url: String
    /// Plain decimals with two places.
    let price: String
    let currency: String
    let bytes: [UInt8]

    /// Host and path of the address, as the path at which a test's shop serves it.
    var path: String { String(url.drop { $0 != ":" }.dropFirst(2)) }
    var minor: Int? { Int(price.filter(\.isNumber)) }
    var testDescription: String { file }

    static let folder =
        ProcessInfo.processInfo.environment["SHARED_FOLDER"]
        ?? "\(#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/"))/shared"
    static let isPresent = FileManager.default.isReadableFile(atPath: "\(folder)/corpus/pages.jsonl")

    private struct Entry: Decodable {
        let file: String
        let url: String?
        let price: String?
        let currency: String?
    }

    static func load(_ files: [String]) async throws -> [CorpusPage] {
        let index = try String(decoding: Data(contentsOf: URL(filePath: "\(folder)/corpus/pages.jsonl")), as: UTF8.self)
        var pages: [CorpusPage] = []
        for line in index.split(separator: "\n") {
            let entry = try JSONDecoder().decode(Entry.self, from: Data(line.utf8))
            guard files.contains(entry.file), let url = entry.url, let price = entry.price,
                let currency = entry.currency
            else { continue }
            let bytes = try await Command.output(
                "gzip",
                ["--decompress", "--stdout", "\(folder)/corpus/pages/\(entry.file).gz"]
            )
            pages.append(
                CorpusPage(file: entry.file, url: url, price: price, currency: currency, bytes: bytes)
            )
        }
        return pages
    }

    /// The same page with another price in every place where its price stands, written with a point or a comma.
    func priced(_ new: String) -> CorpusPage {
        var bytes = bytes
        for separator in [".", ","] {
            let old = Array(price.replacing(".", with: separator).utf8)
            bytes = bytes.replacingNumbers(old, with: Array(new.replacing(".", with: separator).utf8))
        }
        return CorpusPage(file: file, url: url, price: new, currency: currency, bytes: bytes)
    }
}

extension [UInt8] {
    /// Replaces a number wherever it does not stand within a longer one.
    fileprivate func replacingNumbers(_ old: [UInt8], with new: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        var index = startIndex
        while index < endIndex {
            let end = index + old.count
            let isOnItsOwn = (index == 0 || !self[index - 1].isPartOfNumber) && (end >= count || !self[end].isDigit)
            if self[index] == old[0], end <= count, isOnItsOwn, self[index..<end].elementsEqual(old) {
                result += new
                index = end
            } else {
                result.append(self[index])
                index += 1
            }
        }
        return result
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var isPartOfNumber: Bool { isDigit || self == 0x2e || self == 0x2c }
}
