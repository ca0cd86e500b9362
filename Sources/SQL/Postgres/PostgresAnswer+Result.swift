import CPostgres

/// The columns of an answer.
struct PostgresColumns {
    let places: [String: Int]
    fileprivate let kinds: [Kind]

    fileprivate init(_ result: OpaquePointer) {
        let names = (0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) }
        // Of two columns with one name the first counts.
        places = Dictionary(zip(names, names.indices)) { first, _ in first }
        kinds = (0..<PQnfields(result)).map { Kind(oid: PQftype(result, $0)) }
    }

    fileprivate enum Kind {
        case integer, real, numeric, flag, blob, text

        init(oid: UInt32) {
            switch oid {
            case 20, 21, 23, 26: self = .integer
            case 700, 701: self = .real
            case 1700: self = .numeric
            case 16: self = .flag
            case 17: self = .blob
            default: self = .text
            }
        }
    }
}

extension PostgresAnswer {
    /// Takes the answer over; the result can be cleared afterwards.
    ///
    /// `columns` are those of an earlier answer to the same statement; they are found out where there was none.
    init(_ result: OpaquePointer, columns: inout PostgresColumns?) {
        tag = String(cString: PQcmdStatus(result))
        // A SELECT counts what it found and changes nothing.
        changed = tag.hasPrefix("SELECT") ? 0 : Int(String(cString: PQcmdTuples(result))) ?? 0
        let (count, width) = (PQntuples(result), PQnfields(result))
        guard count > 0 else { return }
        let known = columns ?? PostgresColumns(result)
        columns = known
        rows.reserveCapacity(Int(count))
        for row in 0..<count {
            var values: [Value] = []
            values.reserveCapacity(Int(width))
            for column in 0..<width {
                values.append(Self.value(result, row, column, known.kinds[Int(column)]))
            }
            rows.append(Row(columns: known.places, values: values))
        }
    }

    private static func value(_ result: OpaquePointer, _ row: CInt, _ column: CInt, _ kind: PostgresColumns.Kind)
        -> Value
    {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return .null }
        let length = Int(PQgetlength(result, row, column))
        return start.withMemoryRebound(to: UInt8.self, capacity: length) { start in
            let bytes = UnsafeBufferPointer(start: start, count: length)
            switch kind {
            case .integer: return .integer(integer(bytes))
            case .flag: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
            case .blob: return .blob(unhexed(bytes))
            case .real: return .real(Double(String(decoding: bytes, as: UTF8.self)) ?? .nan)
            case .numeric:
                // What SUM makes of whole numbers; SQLite gives a whole number too.
                let text = String(decoding: bytes, as: UTF8.self)
                return Int(text).map(Value.integer) ?? .real(Double(text) ?? .nan)
            case .text: return .text(String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    private static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var value = 0
        var digits = bytes[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        // Downwards, since the least number has no positive counterpart.
        for digit in digits { value = value &* 10 &- Int(digit &- UInt8(ascii: "0")) }
        return isNegative ? value : 0 &- value
    }

    /// Bytes from the server's text for them, such as `\x00ff`.
    private static func unhexed(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        func digit(_ byte: UInt8) -> UInt8 {
            byte < UInt8(ascii: "a") ? byte &- UInt8(ascii: "0") : byte &- UInt8(ascii: "a") &+ 10
        }
        return stride(from: 2, to: bytes.count - 1, by: 2).map { digit(bytes[$0]) << 4 | digit(bytes[$0 + 1]) }
    }
}
