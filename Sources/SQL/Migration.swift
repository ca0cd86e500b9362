/// One step of the schema.
///
/// Never edited after a release; names no Swift type of the domain.
package struct Migration: Hashable, Sendable {
    /// Literal and unique, sorted by its number: `M0001 first tables`.
    package let name: String
    /// The statements, run in order in one transaction.
    ///
    /// One text for both engines.
    package let statements: [String]

    package init(_ name: String, _ statements: [String]) {
        self.name = name
        self.statements = statements
    }
}
