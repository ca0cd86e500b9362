/// Foreign text made fit for one part of an address's path or query.
enum PathText {
    private static let digits = Array("0123456789ABCDEF")

    /// Everything but letters, digits and `-._~` as percent and two digits.
    /// <https://www.rfc-editor.org/rfc/rfc3986#section-2.3>
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return result
    }
}
