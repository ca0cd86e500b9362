import Crypto
import FoundationEssentials
import SystemPackage

/// Checksums of files that may be larger than the memory.
enum FileSum {
    /// 64 hexadecimal digits.
    static func sha256(of path: String) throws -> String {
        let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        return try file.closeAfter {
            var hash = SHA256()
            var piece = [UInt8](repeating: 0, count: 1 << 20)
            while case let count = try piece.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
                hash.update(data: piece[..<count])
            }
            return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
