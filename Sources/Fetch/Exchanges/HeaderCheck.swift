import Model
import PluginAPI

extension HTTPHeaders {
    /// Refuses what would not stay one header on the wire: line ends, zero bytes, names that are not tokens.
    func check() throws(ExchangeError) {
        for field in fields {
            let isToken = !field.name.isEmpty && field.name.utf8.allSatisfy(Self.isTokenCharacter)
            guard isToken else {
                let name = field.name.prefix(40)
                throw .refused("“\(name)” cannot be the name of a header. Use letters, digits and dashes.")
            }
            let isOneLine = field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
            guard isOneLine else {
                throw .refused("The value of the header “\(field.name.prefix(40))” holds a line end. Remove it.")
            }
        }
    }

    /// RFC 9110 §5.6.2.
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
