// The socket types are those that libcurl's headers bring along.
import CCurl
import Dispatch
import Glibc
import PluginAPI

/// Which addresses a host name has now; empty where the name does not resolve.
typealias NameLookup = @Sendable (_ host: String) async throws -> [IPAddress]

/// Asks this machine's resolver, on a thread of its own: it blocks.
package enum SystemNames {
    /// The addresses of a host as text, `203.0.113.7`; none where the name does not resolve.
    package static func addresses(of host: String) async -> [String] {
        ((try? await lookup(host)) ?? []).map(\.description)
    }

    static let lookup: NameLookup = { host in
        if let address = IPAddress(host) { return [address] }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: resolved(host)) }
        }
    }

    private static func resolved(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let info = next {
            if let address = info.pointee.ai_addr.flatMap({ IPAddress($0) }) { addresses.append(address) }
            next = info.pointee.ai_next
        }
        return addresses
    }
}
