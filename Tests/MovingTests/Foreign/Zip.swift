import CZlib

/// Writes zip archives, right ones and wrong ones.
struct Zip {
    private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// `size` and `sum` are what the archive says, where that is not what is in it.
    mutating func add(
        _ name: String,
        _ contents: String,
        isPacked: Bool = true,
        size: Int? = nil,
        sum: Int? = nil,
        flags: Int = 0
    ) {
        let plain = Array(contents.utf8)
        let packed = isPacked ? Self.deflated(plain) : plain
        let checksum = sum ?? plain.withUnsafeBufferPointer { Int(crc32(0, $0.baseAddress, UInt32($0.count))) }
        let common =
            Self.short(20) + Self.short(flags) + Self.short(isPacked ? 8 : 0) + Self.long(0) + Self.long(checksum)
            + Self.long(packed.count) + Self.long(size ?? plain.count) + Self.short(name.utf8.count) + Self.short(0)
        directory += Self.long(0x0201_4b50) + Self.short(20) + common + Self.short(0) + Self.short(0) + Self.short(0)
        directory += Self.long(0) + Self.long(bytes.count) + name.utf8
        bytes += Self.long(0x0403_4b50) + common + name.utf8 + packed
        count += 1
    }

    /// The whole archive.
    func finished() -> [UInt8] {
        bytes + directory + Self.long(0x0605_4b50) + Self.long(0) + Self.short(count) + Self.short(count)
            + Self.long(directory.count) + Self.long(bytes.count) + Self.short(0)
    }

    private static func deflated(_ plain: [UInt8]) -> [UInt8] {
        // zlib's own head of two bytes and sum of four are not part of an archive.
        var length = compressBound(UInt(plain.count))
        var packed = [UInt8](repeating: 0, count: Int(length))
        compress(&packed, &length, plain, UInt(plain.count))
        return Array(packed[2..<(Int(length) - 4)])
    }

    private static func short(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
    private static func long(_ number: Int) -> [UInt8] { short(number & 0xffff) + short(number >> 16 & 0xffff) }
}
