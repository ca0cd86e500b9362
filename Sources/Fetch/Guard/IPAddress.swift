// The socket types are those that libcurl's headers bring along.
import CCurl
import Glibc

/// The address of one machine: 4 or 16 bytes, most significant first.
struct IPAddress: Hashable, Sendable {
    let bytes: [UInt8]

    /// `bytes` are 4 or 16.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// nil where the socket is of another family.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let address = raw.loadUnaligned(as: sockaddr_in.self)
            bytes = withUnsafeBytes(of: address.sin_addr) { Array($0) }
        case AF_INET6:
            let address = raw.loadUnaligned(as: sockaddr_in6.self)
            bytes = withUnsafeBytes(of: address.sin6_addr) { Array($0) }
        default: return nil
        }
    }

    /// What `inet_pton` reads: `192.0.2.1`, `2001:db8::1`, without brackets or zone.
    init?(_ text: String) {
        var four = in_addr()
        var sixteen = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
            bytes = withUnsafeBytes(of: sixteen) { Array($0) }
        } else {
            return nil
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// As in `192.0.2.1` and `2001:db8::1`.
    var description: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        return bytes.withUnsafeBytes { source in
            guard inet_ntop(AF_INET6, source.baseAddress, &text, socklen_t(INET6_ADDRSTRLEN)) != nil else { return "" }
            return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
