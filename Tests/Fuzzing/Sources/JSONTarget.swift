import Markup

/// The JSON of pages and of shops' answers: an input is the text.
enum JSONTarget {
    static func read(_ input: [UInt8]) {
        let values = input.withUnsafeBufferPointer { JSONParser.values($0) }
        var written: [UInt8] = []
        for value in values {
            hold("values are nested 200 deep at most", depth(value) <= 200)
            written.removeAll(keepingCapacity: true)
            write(value, into: &written)
            let again = written.withUnsafeBufferPointer { JSONParser.values($0) }
            hold("a value that is written as JSON is read as the same", again == [value])
        }
    }

    private static func depth(_ value: JSONValue) -> Int {
        switch value {
        case .array(let values): 1 + (values.map(depth).max() ?? 0)
        case .object(let members): 1 + (members.map { depth($0.value) }.max() ?? 0)
        default: 0
        }
    }

    private static func write(_ value: JSONValue, into text: inout [UInt8]) {
        switch value {
        case .null: text += "null".utf8
        case .bool(let value): text += (value ? "true" : "false").utf8
        case .number(let number): text += number.utf8
        case .string(let string): write(string, into: &text)
        case .array(let values):
            text.append(0x5b)
            for (index, value) in values.enumerated() {
                if index > 0 { text.append(0x2c) }
                write(value, into: &text)
            }
            text.append(0x5d)
        case .object(let members):
            text.append(0x7b)
            for (index, member) in members.enumerated() {
                if index > 0 { text.append(0x2c) }
                write(member.key, into: &text)
                text.append(0x3a)
                write(member.value, into: &text)
            }
            text.append(0x7d)
        }
    }

    private static func write(_ string: String, into text: inout [UInt8]) {
        text.append(0x22)
        for byte in string.utf8 {
            if byte == 0x22 || byte == 0x5c { text.append(0x5c) }
            text.append(byte)
        }
        text.append(0x22)
    }
}
