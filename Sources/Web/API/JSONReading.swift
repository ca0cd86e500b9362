import FoundationEssentials
import Monitoring
import Operations

extension JSON {
    /// Reads JSON text; throws `.invalid` for the field `body`.
    ///
    /// `depth` is how many levels are allowed.
    init(reading text: String, depth limit: Int = 16) throws(RequestError) {
        let problem = RequestError.invalid(field: "body", "The body is not valid JSON.")
        // The decoder below calls itself once per level, on a small stack.
        var depth = 0
        for byte in text.utf8 {
            if byte == 0x7b || byte == 0x5b { depth += 1 }
            if byte == 0x7d || byte == 0x5d { depth -= 1 }
            guard depth <= limit else { throw problem }
        }
        do {
            self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
        } catch {
            throw problem
        }
    }
}

extension JSON: Decodable {
    private struct MemberName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: MemberName.self) {
            self = .object(
                try container.allKeys.map { key in
                    Member(key.stringValue, try container.decode(JSON.self, forKey: key))
                }
            )
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var values: [JSON] = []
            while !container.isAtEnd { values.append(try container.decode(JSON.self)) }
            self = .array(values)
            return
        }
        // Asked one kind after another, because the decoder does not say which one it has.
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }
}
