/// An environment variable of an application.
package struct CoolifyVariable: Hashable, Sendable {
    package let id: String
    package let key: String
    /// Empty for none; nil where it is hidden, from this token or from everybody.
    let value: String?
    /// Whether it is written as it is, with nothing in it replaced.
    package let isLiteral: Bool
    /// Whether it is for previews of pull requests; Coolify makes such a twin of each variable by itself.
    package let isPreview: Bool

    init?(_ value: CoolifyValue) {
        guard let id = value["uuid"]?.word, let key = value["key"]?.word else { return nil }
        self.id = id
        self.key = key
        if case .object(let fields) = value, let held = fields["value"] {
            self.value = held.word ?? ""
        } else {
            self.value = nil
        }
        isLiteral = value["is_literal"]?.isTrue ?? false
        isPreview = value["is_preview"]?.isTrue ?? false
    }
}

extension CoolifyVariable: CustomStringConvertible {
    /// Without the value, which may be a secret.
    package var description: String { key }
}
