/// Which version of the program something is about: `0.3.0`.
///
/// Missing numbers count as 0, so that 0.3 and 0.3.0 are the same.
package struct ProgramVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let numbers: [Int]

    /// nil unless the text is numbers joined by dots; what follows a `-` or `+` is left out, as in `0.3.0-beta`.
    package init?(_ text: String) {
        let core = text.prefix { $0 != "-" && $0 != "+" }
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        var numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
        while numbers.count < 3 { numbers.append(0) }
        while numbers.count > 3, numbers.last == 0 { numbers.removeLast() }
        self.numbers = numbers
    }

    package var description: String { numbers.map(String.init).joined(separator: ".") }

    package static func < (one: ProgramVersion, other: ProgramVersion) -> Bool {
        one.numbers.lexicographicallyPrecedes(other.numbers)
    }
}
