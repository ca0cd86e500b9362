import FoundationEssentials
package import Model
package import SQL

extension ID: Bindable {
    package static var boundType: ValueType { .text }
    package var boundValue: Value { .text(text) }
}

extension Timestamp: Bindable {
    package static let boundType = ValueType.integer
    package var boundValue: Value { .integer(milliseconds) }
}

extension Row {
    func id<Of>(_ column: String, as type: Of.Type = Of.self) throws(SQLError) -> ID<Of> { ID(try text(column)) }

    func time(_ column: String) throws(SQLError) -> Timestamp { Timestamp(milliseconds: try int(column)) }

    func optionalTime(_ column: String) throws(SQLError) -> Timestamp? {
        try optionalInt(column).map(Timestamp.init(milliseconds:))
    }

    /// Minor units beside a currency code; nil where the amount is null.
    func money(_ column: String, currency: String = "currency") throws(SQLError) -> Money? {
        guard let minor = try optionalInt(column) else { return nil }
        let code = try text(currency)
        guard let currency = Currency(code: code) else {
            throw .column(column, "has the unknown currency “\(code.prefix(8))”")
        }
        return Money(minor: minor, currency: currency)
    }

    func name<Name: RawRepresentable>(_ column: String, as type: Name.Type = Name.self) throws(SQLError) -> Name
    where Name.RawValue == String {
        let text = try text(column)
        guard let name = Name(rawValue: text) else {
            throw .column(column, "has the unknown value “\(text.prefix(40))”")
        }
        return name
    }

    func optionalName<Name: RawRepresentable>(_ column: String, as type: Name.Type = Name.self) throws(SQLError)
        -> Name?
    where Name.RawValue == String {
        try optionalText(column) == nil ? nil : try name(column, as: type)
    }

    func json<T: Decodable>(_ column: String, as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: Data(try text(column).utf8))
    }
}

/// A value as JSON text, its keys sorted so that equal values are equal text.
func jsonText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
