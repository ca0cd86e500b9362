/// The text of a page as it is read: UTF-8, without what a server writes anew into each answer (see `Ephemera`).
///
/// Two answers with the same text are read the same, since nothing else of them is ever read.
package struct PageText: Sendable {
    /// Valid UTF-8 without zero bytes.
    package let bytes: [UInt8]
    /// What the page's bytes were read as, a lowercase label: `utf-8`, `windows-1252`, `gb18030`.
    package let characterSet: String

    /// Any bytes are some page's text.
    ///
    /// The character set is the byte order mark's, else `contentType`'s (a `Content-Type` header's value), else the
    /// one a meta tag names, else UTF-8 if the bytes are valid UTF-8, else windows-1252.
    package init(_ body: [UInt8], contentType: String? = nil) {
        let (utf8, characterSet) = CharacterSet.decode(body, contentType: contentType)
        self.characterSet = characterSet
        bytes = utf8.withUnsafeBufferPointer(Self.trimmed) ?? utf8
    }

    /// A text from which nothing is taken.
    package init(whole bytes: [UInt8], characterSet: String) {
        self.bytes = bytes
        self.characterSet = characterSet
    }

    /// nil where nothing has to go.
    private static func trimmed(_ page: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let ephemera = Ephemera(page: page)
        var walk = TagWalk(page: page)
        var cuts: [Range<Int>] = []
        while let piece = walk.next() {
            ephemera.find(in: piece) { cuts.append($0) }
            if case .tag(let tag) = piece, !tag.excess.isEmpty { cuts.append(tag.excess) }
        }
        guard !cuts.isEmpty else { return nil }
        var kept: [UInt8] = []
        kept.reserveCapacity(page.count)
        var start = 0
        for cut in cuts where cut.lowerBound >= start {
            kept.append(contentsOf: page[start..<cut.lowerBound])
            start = cut.upperBound
        }
        kept.append(contentsOf: page[start...])
        return kept
    }
}
