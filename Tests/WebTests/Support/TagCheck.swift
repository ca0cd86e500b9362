@testable import Web

/// Walks a template beside a view and says which of its tags are no properties.
///
/// Mustache prints an unknown name as nothing, and looks for a name that is nil in an inner view in the outer ones.
struct TagCheck {
    /// Sentences about tags that cannot be right.
    private(set) var problems: Set<String> = []
    /// The tags inside sections that no view so far has opened.
    private var seen: Set<String> = []
    private var all: Set<String> = []

    /// Tags that no view has reached; a template should have views for all of its parts.
    var unreached: [String] { all.subtracting(seen).sorted() }

    mutating func check(_ view: some PageView) {
        walk(type(of: view).template, stack: [view])
    }

    private struct Tag {
        let sign: Character?
        let name: String
    }

    private static func tags(of template: String) -> [Tag] {
        let text = EmbeddedTemplates.all["\(template).mustache"] ?? ""
        return text.matches(of: #/\{\{([#^\/>$<]?)([^}]*)\}\}/#).map { match in
            Tag(sign: match.1.first, name: String(match.2))
        }
    }

    private mutating func walk(_ template: String, stack: [Any]) {
        let tags = Self.tags(of: template)
        if tags.isEmpty { problems.insert("\(template) has no tags, or is no template.") }
        for (index, tag) in tags.enumerated() where "#^".contains(tag.sign ?? "-") || tag.sign == nil {
            all.insert("\(template), tag \(index): \(tag.name)")
        }
        walk(tags, from: 0, template, stack: stack)
    }

    /// Gives the index after the section's end.
    @discardableResult
    private mutating func walk(_ tags: [Tag], from start: Int, _ template: String, stack: [Any]) -> Int {
        var index = start
        while index < tags.count {
            let tag = tags[index]
            switch tag.sign {
            case "/" where !["layout", "content"].contains(tag.name): return index + 1
            case "/", "$": index += 1
            case "<", ">":
                walk(tag.name, stack: stack)
                index += 1
            case "#", "^":
                seen.insert("\(template), tag \(index): \(tag.name)")
                let end = Self.end(of: tags, from: index)
                let found = find(tag.name, in: stack, template)
                for scope in Self.scopes(found, isInverted: tag.sign == "^") {
                    walk(tags, from: index + 1, template, stack: stack + scope)
                }
                index = end
            default:
                seen.insert("\(template), tag \(index): \(tag.name)")
                if tag.name != "." { _ = find(tag.name, in: stack, template) }
                index += 1
            }
        }
        return index
    }

    private static func end(of tags: [Tag], from start: Int) -> Int {
        var depth = 0
        for index in start..<tags.count {
            if tags[index].sign == "#" || tags[index].sign == "^" { depth += 1 }
            if tags[index].sign == "/" { depth -= 1 }
            if depth == 0 { return index + 1 }
        }
        return tags.count
    }

    /// What each run through a section adds to the stack; empty when it is not run.
    private static func scopes(_ value: Any?, isInverted: Bool) -> [[Any]] {
        switch value {
        case nil: isInverted ? [[]] : []
        case let flag as Bool: flag != isInverted ? [[]] : []
        case let list as [Any]: isInverted ? (list.isEmpty ? [[]] : []) : list.map { [$0] }
        case .some(let value): isInverted ? [] : [[value]]
        }
    }

    private mutating func find(_ name: String, in stack: [Any], _ template: String) -> Any? {
        var scopes = Array(stack.reversed())
        if name.hasPrefix(".") { scopes = Array(scopes.prefix(1)) }
        let path = name.split(separator: ".").map(String.init)
        guard let first = path.first else { return stack.last }
        let holders = scopes.filter { scope in Mirror(reflecting: scope).children.contains { $0.label == first } }
        guard let holder = holders.first else {
            problems.insert("\(template): “\(name)” is no property.")
            return nil
        }
        if holders.count > 1 { problems.insert("\(template): “\(name)” is in two views; write “.\(name)”.") }
        var value = Self.property(first, of: holder)
        for part in path.dropFirst() {
            guard let inner = value else { return nil }
            if !Mirror(reflecting: inner).children.contains(where: { $0.label == part }) {
                problems.insert("\(template): “\(name)” is no property.")
            }
            value = Self.property(part, of: inner)
        }
        return value
    }

    private static func property(_ name: String, of value: Any) -> Any? {
        guard let found = Mirror(reflecting: value).children.first(where: { $0.label == name })?.value else {
            return nil
        }
        let mirror = Mirror(reflecting: found)
        return mirror.displayStyle == .optional ? mirror.children.first?.value : found
    }
}
