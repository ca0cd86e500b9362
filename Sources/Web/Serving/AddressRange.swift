#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One network address or a block of them: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
struct AddressRange: Sendable {
    private let prefix: [UInt8]
    private let bits: Int

    /// nil for anything that is not an address or a block.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let prefix = Self.bytes(String(first)) else { return nil }
        self.prefix = prefix
        guard parts.count == 2 else {
            bits = prefix.count * 8
            return
        }
        guard let bits = Int(parts[1]), (0...prefix.count * 8).contains(bits) else { return nil }
        self.bits = bits
    }

    func contains(_ address: String) -> Bool {
        guard let bytes = Self.bytes(address), bytes.count == prefix.count else { return false }
        return (0..<bits).allSatisfy { bit in
            let mask: UInt8 = 0x80 >> UInt8(bit % 8)
            return bytes[bit / 8] & mask == prefix[bit / 8] & mask
        }
    }

    /// 4 or 16 bytes; an IPv4 address written as an IPv6 one counts as IPv4.
    static func bytes(_ text: String) -> [UInt8]? {
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 { return four }
        var sixteen = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]
        return sixteen.starts(with: mapped) ? Array(sixteen.suffix(4)) : sixteen
    }
}
