/// Covers secrets in texts that others wrote, such as logs and error messages.
package struct Blot: Sendable {
    /// Longest first, so that one within another leaves nothing of it to be seen.
    private let hidden: [String]

    /// Texts below 4 characters are left alone: to cover them would make everything unreadable.
    package init(_ secrets: [String]) {
        let forms = secrets.filter { $0.count >= 4 }.flatMap { [$0, Self.inJSON($0), Self.inAddress($0)] }
        hidden = Set(forms).sorted { ($0.count, $0) > ($1.count, $1) }
    }

    /// The text with `…` in place of each secret.
    package func callAsFunction(_ text: String) -> String {
        hidden.reduce(text) { $0.replacing($1, with: "…") }
    }

    private static func inJSON(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("/", with: "\\/")
    }

    private static func inAddress(_ text: String) -> String { PathText.encoded(text) }
}
