import Mustache

/// A view as templates read it: each of its parts taken apart once.
///
/// The library by itself would look through all parts by reflection for each name that a template mentions, which was
/// half of the time that a page took.
struct TemplateFields: MustacheParent {
    private let values: [String: Any]

    func child(named name: String) -> Any? { values[name] }

    private init(_ mirror: Mirror) {
        var values: [String: Any] = [:]
        for (label, value) in mirror.children {
            guard let label else { continue }
            values[label] = Self.plain(value)
        }
        self.values = values
    }

    /// What stands for a value; nil for one that is not there.
    static func plain(_ value: Any) -> Any? {
        if value is String || value is Bool || value is Int { return value }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.flatMap { plain($0.value) }
        case .collection: return mirror.children.compactMap { plain($0.value) }
        // One with a text of its own, such as an ID, is written as that.
        case .struct where !(value is any CustomStringConvertible): return TemplateFields(mirror)
        default: return value
        }
    }
}
