/// A path within this installation, safe to send a browser to.
struct LocalPath: Hashable, Sendable {
    let text: String

    /// For paths written in the code.
    init(_ text: String) {
        self.text = text
    }

    /// nil for anything that a browser could take for another site's address: `//evil.example`, `/\evil.example`,
    /// `https:…`, control characters.
    init?(checking text: String) {
        guard text.utf8.count <= 1000, text.first == "/" else { return nil }
        guard !text.hasPrefix("//"), !text.contains("\\") else { return nil }
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7f }) else { return nil }
        self.text = text
    }
}
