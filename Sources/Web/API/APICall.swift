import Model
import Monitoring
import Operations

/// One request to the REST interface, checked against its line of the route table.
struct APICall: Sendable {
    let monitoring: Monitoring
    let actor: Actor
    /// What the request is called in the log.
    let request: String
    let now: Timestamp
    let parameters: [String: String]
    let query: Form
    /// Only members that the route names, each of the kind that it says.
    let members: [String: JSON]

    /// The id in the path; `.notFound` for text that is none.
    func id<Of>(_ name: String, of type: Of.Type = Of.self) throws -> ID<Of> {
        guard let id = parameters[name].flatMap({ ID<Of>(checking: $0) }) else {
            throw RequestError.notFound("There is no such \(name).")
        }
        return id
    }

    /// nil when it was not sent, or is `null`.
    func text(_ name: String) -> String? {
        guard case .string(let text)? = members[name] else { return nil }
        return text
    }

    func integer(_ name: String) -> Int? {
        guard case .integer(let value)? = members[name] else { return nil }
        return value
    }

    func boolean(_ name: String) -> Bool? {
        guard case .bool(let value)? = members[name] else { return nil }
        return value
    }

    /// Empty when it was not sent.
    func texts(_ name: String) -> [String: String] {
        guard case .object(let members)? = members[name] else { return [:] }
        var texts: [String: String] = [:]
        for member in members {
            if case .string(let text) = member.value { texts[member.name] = text }
        }
        return texts
    }

    /// nil when it was not sent, or is `null`.
    func list(_ name: String) -> [String]? {
        guard case .array(let values)? = members[name] else { return nil }
        return values.compactMap { value in
            if case .string(let text) = value { text } else { nil }
        }
    }

    /// Whether it was sent, be it `null`.
    func has(_ name: String) -> Bool { members[name] != nil }

    /// `intervalSeconds`; nil when it was not sent.
    func interval() throws(RequestError) -> Duration? {
        guard let seconds = integer("intervalSeconds") else { return nil }
        guard (1...1_000_000_000).contains(seconds) else {
            throw .invalid(field: "intervalSeconds", "The interval must be a whole number of seconds above zero.")
        }
        return .seconds(seconds)
    }

    /// `window`; nil when it was not sent, or is `null`.
    func window() throws(RequestError) -> WeeklyHoursEntry? {
        guard case .object(let members)? = members["window"] else { return nil }
        var entry = WeeklyHoursEntry(days: [], from: "", to: "", zone: "")
        var missing = Set(Self.windowMembers)
        for member in members {
            switch (member.name, member.value) {
            case ("days", .array(let days)):
                entry.days = try days.map { day throws(RequestError) in
                    guard case .string(let word) = day else {
                        throw .invalid(field: "window.days", "“window.days” must be an array of text.")
                    }
                    return word
                }
            case ("from", .string(let text)): entry.from = text
            case ("to", .string(let text)): entry.to = text
            case ("zone", .string(let text)): entry.zone = text
            case (let name, _):
                let field = "window.\(name.prefix(60))"
                guard Self.windowMembers.contains(name) else {
                    let names = Self.windowMembers.joined(separator: ", ")
                    throw .invalid(field: field, "“\(field)” is not known here; known are: \(names).")
                }
                throw .invalid(field: field, "“\(field)” must be \(name == "days" ? "an array of text" : "text").")
            }
            missing.remove(member.name)
        }
        if let name = missing.min() { throw .invalid(field: "window.\(name)", "“window.\(name)” is missing.") }
        return entry
    }

    private static let windowMembers = ["days", "from", "to", "zone"]
}

extension APIBody {
    /// The members of a body, if it is an object of the members above.
    ///
    /// Throws `.invalid` for the first that is not as it should be.
    func check(_ body: JSON) throws(RequestError) -> [String: JSON] {
        guard case .object(let sent) = body else {
            throw .invalid(field: "body", "The body must be a JSON object.")
        }
        var found: [String: JSON] = [:]
        for member in sent {
            guard let known = members.first(where: { $0.name == member.name }) else {
                let names = members.map(\.name).joined(separator: ", ")
                let name = String(member.name.prefix(60))
                throw .invalid(field: name, "“\(name)” is not known here; known are: \(names).")
            }
            guard known.accepts(member.value) else {
                throw .invalid(field: member.name, "“\(member.name)” must be \(known.kindInWords).")
            }
            found[member.name] = member.value
        }
        for member in members where member.isRequired && found[member.name] == nil {
            throw .invalid(field: member.name, "“\(member.name)” is missing.")
        }
        return found
    }
}

extension APIBody.Member {
    fileprivate func accepts(_ value: JSON) -> Bool {
        switch (kind, value) {
        case (_, .null): isNullable
        case (.text, .string), (.integer, .integer), (.boolean, .bool), (.object, .object): true
        case (.texts, .object(let members)):
            members.allSatisfy { member in
                if case .string = member.value { true } else { false }
            }
        case (.list, .array(let values)):
            values.allSatisfy { value in
                if case .string = value { true } else { false }
            }
        default: false
        }
    }

    fileprivate var kindInWords: String {
        let words =
            switch kind {
            case .text: "text"
            case .integer: "a whole number"
            case .boolean: "true or false"
            case .texts: "an object whose members are text"
            case .list: "an array of text"
            case .object(let schema): "an object like \(schema) in the API's description"
            }
        return isNullable ? "\(words) or null" : words
    }
}
