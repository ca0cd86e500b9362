import FoundationEssentials
import SystemPackage

/// The names in an archive that `tar` wrote, read without unpacking it.
///
/// <https://www.gnu.org/software/tar/manual/html_node/Standard.html>
enum TarListing {
    private static let block = 512

    /// In the order of the archive; nil for what is no such archive, or ends before its end.
    static func names(in path: String) throws -> [String]? {
        let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        return try file.closeAfter {
            let length = try file.seek(offset: 0, from: .end)
            var (names, place): ([String], Int64) = ([], 0)
            var header = [UInt8](repeating: 0, count: block)
            while try header.withUnsafeMutableBytes({ try file.read(fromAbsoluteOffset: place, into: $0) }) == block {
                // An empty block is the end.
                if header.allSatisfy({ $0 == 0 }) { return names }
                guard let (name, size) = entry(header) else { return nil }
                names.append(name)
                // Up to the next whole block.
                place += Int64(block) + (size + Int64(block) - 1) / Int64(block) * Int64(block)
                guard place <= length else { return nil }
            }
            return nil
        }
    }

    private static func entry(_ header: [UInt8]) -> (name: String, size: Int64)? {
        guard header[257..<262].elementsEqual("ustar".utf8) else { return nil }
        // Its own field counts as spaces.
        let sum = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
        guard octal(header[148..<156]) == Int64(sum), let size = size(header[124..<136]) else { return nil }
        return (text(header[0..<100]), size)
    }

    /// Octal digits, or, for what is larger than these can say, a number of bytes behind the first one's highest bit.
    private static func size(_ field: ArraySlice<UInt8>) -> Int64? {
        guard field.first == 0x80 else { return octal(field) }
        let bytes = field.suffix(8)
        guard field.dropFirst().dropLast(8).allSatisfy({ $0 == 0 }), bytes.first.map({ $0 < 0x40 }) == true else {
            return nil
        }
        return bytes.reduce(0) { $0 << 8 | Int64($1) }
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
        Int64(text(field).filter { $0 != " " }, radix: 8)
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
}
