import CXML2

/// Takes what libxml2's HTML parser reports and lays it out flat.
///
/// The parser balances the tags; no C tree is built, so nothing of it has to be freed, and depth costs no stack.
final class DocumentBuilder {
    private(set) var layout: NodeLayout

    init(capacity: Int) {
        layout = NodeLayout(capacity: capacity)
    }

    private static let isReady: Bool = {
        xmlInitParser()
        return true
    }()

    /// `utf8` is valid and holds no zero bytes.
    func parse(_ utf8: [UInt8]) {
        guard Self.isReady, !utf8.isEmpty, utf8.count < Int32.max / 2 else { return }
        utf8.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let context = htmlCreateMemoryParserCtxt(start, Int32(buffer.count)) else { return }
            defer { htmlFreeParserCtxt(context) }
            layout.context = context
            let options =
                HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
                | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
            htmlCtxtUseOptions(context, Int32(options))
            context.pointee.charset = Int32(XML_CHAR_ENCODING_UTF8.rawValue)
            context.pointee.encoding = UnsafePointer(xmlStrdup("UTF-8"))
            context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
            context.pointee.sax.pointee = Self.handler
            htmlParseDocument(context)
            layout.context = nil
        }
        layout.finish()
    }

    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = XML_SAX2_MAGIC
        handler.startElement = { builder, name, attributes in
            DocumentBuilder.of(builder)?.layout.start(name, attributes)
        }
        handler.endElement = { builder, _ in DocumentBuilder.of(builder)?.layout.end() }
        handler.characters = { builder, text, count in DocumentBuilder.of(builder)?.layout.characters(text, count) }
        handler.ignorableWhitespace = handler.characters
        handler.cdataBlock = handler.characters
        return handler
    }

    private static func of(_ pointer: UnsafeMutableRawPointer?) -> DocumentBuilder? {
        pointer.map { Unmanaged<DocumentBuilder>.fromOpaque($0).takeUnretainedValue() }
    }
}
