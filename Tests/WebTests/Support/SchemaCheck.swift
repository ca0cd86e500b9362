import Operations

@testable import Web

extension JSON {
    /// The same with the members of each object in the order of their names: readers need not keep theirs.
    var canonical: JSON {
        switch self {
        case .object(let members):
            .object(
                members.sorted { $0.name < $1.name }.map { Member($0.name, $0.value.canonical) }
            )
        case .array(let values): .array(values.map(\.canonical))
        default: self
        }
    }
}

/// Compares a JSON value with a schema, as far as our schemas go.
enum SchemaCheck {
    /// Sentences with the place of each difference; empty where there is none.
    static func problems(of value: JSON, against schema: JSON, at place: String = "$") -> [String] {
        if case .string(let reference)? = schema["$ref"] {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            guard let named = APISchemas.all.first(where: { $0.name == name }) else {
                return ["\(place): no schema \(name)"]
            }
            return problems(of: value, against: named.schema, at: place)
        }
        if case .array(let choices)? = schema["oneOf"] {
            let matching = choices.filter { problems(of: value, against: $0, at: place).isEmpty }
            return matching.count == 1 ? [] : ["\(place): \(matching.count) of the choices fit"]
        }
        guard fits(value, schema["type"]) else { return ["\(place): not of the type \(schema["type"]?.line ?? "?")"] }
        if case .array(let words)? = schema["enum"], !words.contains(value) {
            return ["\(place): \(value.line) is no choice"]
        }
        switch value {
        case .object(let members): return object(members, schema, place)
        case .array(let values):
            guard let items = schema["items"] else { return ["\(place): no schema of the items"] }
            return values.enumerated().flatMap { problems(of: $1, against: items, at: "\(place)[\($0)]") }
        default: return []
        }
    }

    private static func object(_ members: [JSON.Member], _ schema: JSON, _ place: String) -> [String] {
        var problems: [String] = []
        if case .array(let required)? = schema["required"] {
            for case .string(let name) in required where !members.contains(where: { $0.name == name }) {
                problems.append("\(place).\(name): missing")
            }
        }
        for member in members {
            if let known = schema["properties"]?[member.name] {
                problems += self.problems(of: member.value, against: known, at: "\(place).\(member.name)")
            } else if let others = schema["additionalProperties"], others != false {
                problems += self.problems(of: member.value, against: others, at: "\(place).\(member.name)")
            } else {
                problems.append("\(place).\(member.name): not in the schema")
            }
        }
        return problems
    }

    private static func fits(_ value: JSON, _ type: JSON?) -> Bool {
        switch type {
        case .array(let types)?: types.contains { fits(value, $0) }
        case .string(let name)?:
            switch (name, value) {
            case ("object", .object), ("array", .array), ("string", .string), ("integer", .integer),
                ("boolean", .bool), ("null", .null), ("number", .integer), ("number", .number):
                true
            default: false
            }
        default: false
        }
    }
}
