/// Values of submitted forms. <https://url.spec.whatwg.org/#application/x-www-form-urlencoded>
package enum FormText {
    /// nil for what is not encoded as it must be, or no UTF-8.
    package static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.popFirst() {
            switch first {
            case 0x25:
                guard rest.count >= 2, let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else {
                    return nil
                }
                bytes.append(byte)
                rest = rest.dropFirst(2)
            case 0x2b: bytes.append(0x20)
            default: bytes.append(first)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
