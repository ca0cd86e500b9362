import FoundationEssentials

/// A file that holds what is expected, compared byte for byte.
///
/// `REWRITE_GOLDENS=1 swift test --filter <Suite>` writes what came instead of comparing; the change is then read in
/// review like any other.
package struct GoldenFile {
    /// Where it is.
    package let path: String

    /// A file in the folder `Fixtures` beside the test source `source`, which is `#filePath`.
    package init(_ name: String, besides source: String = #filePath) {
        path = TextFile.path("Fixtures/\(name)", besides: source)
    }

    /// A file anywhere.
    package init(path: String) {
        self.path = path
    }

    /// nil when `text` is what the file holds, else a sentence that names the file and the first line that differs.
    ///
    /// Rewrites the file instead, if the environment asks for it.
    package func difference(from text: String) throws -> String? {
        if ProcessInfo.processInfo.environment["REWRITE_GOLDENS"]?.isEmpty == false {
            try TextFile.write(text, to: path)
            return nil
        }
        guard let expected = try? TextFile.read(path) else {
            return "There is no file \(path). Run the test once with REWRITE_GOLDENS=1 and read what it wrote."
        }
        guard expected != text else { return nil }
        let pairs = zip(Self.lines(expected), Self.lines(text)).enumerated()
        let difference = pairs.first { $0.element.0 != $0.element.1 }
        guard let (index, (old, new)) = difference else {
            return "\(path) is longer or shorter than what came."
        }
        return "\(path), line \(index + 1): expected “\(old)”, but came “\(new)”."
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }
}
