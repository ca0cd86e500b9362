/// Many others wait for their turn at the same shop already, so that somebody who has time should come back.
package struct LaterTurn: Error, Hashable {
    /// How long the others need.
    package let after: Duration

    package init(after: Duration) {
        self.after = after
    }
}
