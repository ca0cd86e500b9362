/// One request as it came to a `TestServer`.
package struct TestRequest: Hashable, Sendable {
    /// As in `GET`.
    package let method: String
    /// Path and query as sent.
    package let target: String
    /// Each header line as sent, without its line end: `Accept: */*`.
    package let headerLines: [String]
    /// As many bytes as `Content-Length` says.
    package let body: [UInt8]
    /// Counts the connections of the server from 1.
    package let connection: Int

    /// The first value of a header, names compared without case, without spaces around it.
    package subscript(name: String) -> String? {
        let wanted = name.lowercased() + ":"
        guard let line = headerLines.first(where: { $0.lowercased().hasPrefix(wanted) }) else { return nil }
        return String(line.dropFirst(wanted.count).drop { $0 == " " })
    }

    /// The part of `target` before `?`.
    package var path: String { String(target.prefix { $0 != "?" }) }
}
