import Foundation
import Markup
import Model
import Testing

@testable import Extraction

/// The reader against the shared corpus of real pages with known answers, and floors that it must hold.
///
/// Skipped where the corpus is not there: `SHARED_FOLDER`, else `../shared` beside the checkout.
@Suite struct CorpusTests {
    private static let folder: String? = {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let beside = here.appending(path: "../../../shared").standardized.path
        let shared = ProcessInfo.processInfo.environment["SHARED_FOLDER"] ?? beside
        let corpus = "\(shared)/corpus"
        return FileManager.default.fileExists(atPath: "\(corpus)/pages.jsonl") ? corpus : nil
    }()

    private static let missing: Comment = "The corpus is not beside this checkout; set SHARED_FOLDER to where it is."

    @Test(.enabled(if: folder != nil, missing), .timeLimit(.minutes(20)))
    func `holds the floors on real pages, and does not know any shop by its name`() async throws {
        let pages = try await CorpusPage.all(in: try #require(Self.folder))
        var named = CorpusScore()
        var nameless = CorpusScore()
        for page in pages {
            named.add(page, page.read(at: page.url))
            nameless.add(page, page.read(at: page.anonymousURL))
        }
        print("The corpus: \(named). With every address made shop.test: \(nameless).")
        #expect(pages.count > 100)
        #expect(named.rightShare >= 88)
        #expect(named.falsePrices <= 1)
        #expect(named.confidentWrong <= 1)
        #expect(named.outcomeShare >= 80)
        #expect(abs(named.rightShare - nameless.rightShare) <= 1)
        #expect(abs(named.outcomeShare - nameless.outcomeShare) <= 1)
        #expect(nameless.falsePrices <= named.falsePrices + 1)
    }

    @Test(.enabled(if: folder != nil, missing), .timeLimit(.minutes(20)))
    func `what real pages change with each answer is nothing that they show`() async throws {
        var trimmed = 0
        for page in try await CorpusPage.all(in: try #require(Self.folder)) {
            let (whole, characterSet) = CharacterSet.decode(page.body, contentType: page.contentType)
            let text = PageText(page.body, contentType: page.contentType)
            if text.bytes.count < whole.count { trimmed += 1 }
            let shown = Self.shown(Document(PageText(whole: whole, characterSet: characterSet)))
            #expect(Self.shown(Document(text)) == shown, "\(page.url)")
            // Once it is taken out, nothing more is.
            #expect(PageText(text.bytes, contentType: "text/html; charset=utf-8").bytes == text.bytes)
        }
        #expect(trimmed > 50)
    }

    /// All text but that of scripts, some of which change with each answer.
    private static func shown(_ document: Document) -> [String] {
        document.nodes.indices.compactMap { index in
            let node = document.nodes[index]
            guard node.isText else { return nil }
            let isScript = node.parent >= 0 && Element(document, Int(node.parent)).is(.script)
            return isScript ? nil : document.text(of: index)
        }
    }
}
