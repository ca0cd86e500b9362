import Hummingbird

extension Response {
    /// A page that nobody but the browser of the person who asked may keep.
    static func html(_ text: String, status: Int = 200) -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: "text/html; charset=utf-8", .eTag: "\"\(Assets.hash(text))\""],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// Sends the browser to another page of ours with a GET, after a form.
    static func seeOther(_ path: LocalPath, notice: Notice? = nil) -> Response {
        let mark = path.text.contains("?") ? "&" : "?"
        let target = notice.map { "\(path.text)\(mark)notice=\($0.rawValue)" } ?? path.text
        return Response(status: .seeOther, headers: [.location: target])
    }
}

extension String {
    /// Safe as a value in a query: everything but letters, digits and `-._~/` is percent-encoded.
    var queryEncoded: String {
        var text = ""
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e, 0x2f:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }
}
