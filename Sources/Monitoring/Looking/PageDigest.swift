import Crypto
import Model

/// Tells whether an answer is the one that was read last.
struct PageDigest: Sendable {
    /// What names this build of the program: another one may read the same page better.
    let program: String

    /// Stands for the text that is read of an answer, its address and its type, and for who reads it; nil for what is
    /// no whole page.
    ///
    /// SHA-256, so that no shop can make two pages that pass for one another.
    func digest(of answer: HTTPResponse, text: [UInt8]) -> String? {
        guard answer.status == 200 else { return nil }
        var hash = SHA256()
        // None of the three can hold a line end.
        let origin = "\(program)\n\(answer.url)\n\(answer.headers["Content-Type"] ?? "")\n"
        hash.update(data: Array(origin.utf8))
        text.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().hex
    }
}
