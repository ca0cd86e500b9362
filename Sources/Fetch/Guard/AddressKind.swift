import PluginAPI

/// Why an address is not a machine on the public internet.
///
/// Source: the special-purpose registries, <https://www.iana.org/assignments/iana-ipv4-special-registry> and
/// <https://www.iana.org/assignments/iana-ipv6-special-registry>.
enum AddressKind: String, Hashable, Sendable {
    case loopback = "a loopback address"
    case `private` = "a private address"
    case linkLocal = "a link-local address"
    case metadata = "the address of a cloud's metadata service"
    case multicast = "a multicast address"
    case unspecified = "an unspecified address"
    case broadcast = "the broadcast address"
    case documentation = "an address for documentation or tests"
    case reserved = "a reserved address"

    /// nil: anybody may connect to it.
    init?(_ address: IPAddress) {
        let kind = address.bytes.count == 4 ? Self.four(address.bytes) : Self.sixteen(address.bytes)
        guard let kind else { return nil }
        self = kind
    }

    /// Why an address of this kind is not fetched, for the person who named the host.
    func refusal(of address: IPAddress, host: String) -> ExchangeError {
        let start = IPAddress(host) == nil ? "\(host) resolves to \(address)," : "\(address) is"
        return .refused(
            "\(start) \(rawValue), which is not fetched. An administrator can open it with fetch.allowPrivateHosts."
        )
    }

    /// Most specific first.
    private static let fours: [(network: [UInt8], bits: Int, kind: Self)] = [
        ([169, 254, 169, 254], 32, .metadata), ([169, 254, 170, 2], 32, .metadata),
        ([100, 100, 100, 200], 32, .metadata), ([168, 63, 129, 16], 32, .metadata),
        ([192, 0, 0, 192], 32, .metadata), ([255, 255, 255, 255], 32, .broadcast),
        ([192, 0, 0, 0], 24, .reserved), ([192, 0, 2, 0], 24, .documentation), ([192, 88, 99, 0], 24, .reserved),
        ([198, 51, 100, 0], 24, .documentation), ([203, 0, 113, 0], 24, .documentation),
        ([192, 168, 0, 0], 16, .private), ([169, 254, 0, 0], 16, .linkLocal), ([198, 18, 0, 0], 15, .documentation),
        ([172, 16, 0, 0], 12, .private), ([100, 64, 0, 0], 10, .private), ([10, 0, 0, 0], 8, .private),
        ([127, 0, 0, 0], 8, .loopback), ([0, 0, 0, 0], 8, .unspecified), ([224, 0, 0, 0], 4, .multicast),
        ([240, 0, 0, 0], 4, .reserved),
    ]

    private static let sixteens: [(network: [UInt8], bits: Int, kind: Self)] = [
        ([0xfd, 0x00, 0x0e, 0xc2], 32, .metadata), ([0xfc], 7, .private), ([0xfe, 0x80], 10, .linkLocal),
        ([0xfe, 0xc0], 10, .private), ([0xff], 8, .multicast), ([0x20, 0x01, 0x0d, 0xb8], 32, .documentation),
        ([0x3f, 0xff], 20, .documentation), ([0x20, 0x01, 0, 2, 0, 0], 48, .documentation),
        // Teredo hides an IPv4 address of the sender's choice; the rest of 2001::/23 is for protocols, not for shops.
        ([0x20, 0x01, 0, 0], 23, .reserved),
    ]

    private static func four(_ bytes: [UInt8]) -> Self? {
        fours.first { matches(bytes, $0.network, $0.bits) }?.kind
    }

    private static func sixteen(_ bytes: [UInt8]) -> Self? {
        if bytes.allSatisfy({ $0 == 0 }) { return .unspecified }
        if bytes.dropLast().allSatisfy({ $0 == 0 }), bytes[15] == 1 { return .loopback }
        if let embedded = embedded(in: bytes) { return four(embedded) }
        if let found = sixteens.first(where: { matches(bytes, $0.network, $0.bits) }) { return found.kind }
        // Only 2000::/3 is given out; ISATAP (RFC 5214) puts an IPv4 address into the last half of any prefix.
        guard bytes[0] & 0xe0 == 0x20 else { return .reserved }
        let isISATAP = bytes[8] & 0xfd == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe
        return isISATAP ? four(Array(bytes[12...])) : nil
    }

    /// The IPv4 address that a packet to `bytes` ends at: mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).
    private static func embedded(in bytes: [UInt8]) -> [UInt8]? {
        if matches(bytes, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96) { return Array(bytes[12...]) }
        if matches(bytes, [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96) { return Array(bytes[12...]) }
        if matches(bytes, [0x20, 0x02], 16) { return Array(bytes[2..<6]) }
        return nil
    }

    /// `network` holds at least the bytes that `bits` reach into, or is zero beyond its end.
    private static func matches(_ bytes: [UInt8], _ network: [UInt8], _ bits: Int) -> Bool {
        for index in 0..<((bits + 7) / 8) {
            let left = min(8, bits - index * 8)
            let mask = UInt8(truncatingIfNeeded: 0xff00 >> left)
            let wanted = index < network.count ? network[index] : 0
            guard bytes[index] & mask == wanted & mask else { return false }
        }
        return true
    }
}
