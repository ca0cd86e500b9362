/// One element or run of text in a document's flat list of nodes, which is in document order.
///
/// The descendants of node `n` are the nodes `n + 1 ..< end`.
package struct Node: Sendable {
    /// A number of `KnownName`, or one of the document's own above them.
    package let name: UInt16
    package var flags: Flags
    /// -1 for the outermost elements.
    package let parent: Int32
    /// One past the last descendant.
    package var end: Int32
    /// The first attribute's index, or the first byte of the text.
    @usableFromInline
    let start: Int32
    /// How many attributes, or bytes of text.
    @usableFromInline
    var count: Int32

    /// What holds for a node and everything inside it.
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Not shown: `hidden`, `display: none`, or inside script, style, template, head and their like.
        package static let hidden = Flags(rawValue: 1)
        /// Crossed out: inside `del`, `s`, `strike` or `line-through`.
        package static let struck = Flags(rawValue: 2)
    }

    package func `is`(_ known: KnownName) -> Bool { name == known.rawValue }
    package var isText: Bool { name == KnownName.text.rawValue }
}

/// One attribute of an element: its name's number and where its value's bytes are.
package struct Attribute: Sendable {
    package let name: UInt16
    @usableFromInline
    let start: Int32
    @usableFromInline
    let count: Int32
}
