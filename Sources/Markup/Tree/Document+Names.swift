extension Document {
    /// Hands over the value of every attribute whose name is wanted, in document order, with the element's node number.
    ///
    /// Names are lower case; `isWanted` is asked once for each.
    package func forEachValue(
        ofNames isWanted: (String) -> Bool,
        _ body: (_ name: String, _ node: Int, UnsafeBufferPointer<UInt8>) -> Void
    ) {
        let known = KnownName.texts
        let wanted = Set(
            known.indices.filter { isWanted(known[$0]) }.map { UInt16($0) }
                + names.indices.filter { isWanted(names[$0]) }.map { UInt16($0 + known.count) }
        )
        guard !wanted.isEmpty else { return }
        for (index, node) in nodes.enumerated() where !node.isText {
            for attribute in attributes[Int(node.start)..<Int(node.start) + Int(node.count)]
            where wanted.contains(attribute.name) {
                withBytes(start: attribute.start, count: attribute.count) {
                    body(text(ofName: attribute.name), index, $0)
                }
            }
        }
    }
}
