/// Bound values as libpq sends them: in binary, so that no value is ever quoted or parsed.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    /// Where each value begins; -1 for null.
    private var places: [Int] = []
    private(set) var lengths: [CInt] = []
    let formats: [CInt]

    init(_ values: [Value]) {
        formats = Array(repeating: 1, count: values.count)
        places.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        for value in values {
            let start = bytes.count
            switch value {
            case .null: break
            case .integer(let number): append(UInt64(bitPattern: Int64(number)))
            case .real(let number): append(number.bitPattern)
            case .text(let text): bytes += text.utf8
            case .blob(let blob): bytes += blob
            }
            places.append(value == .null ? -1 : start)
            lengths.append(CInt(bytes.count - start))
        }
        // An empty text needs a place too.
        bytes.append(0)
    }

    private mutating func append(_ bits: UInt64) {
        withUnsafeBytes(of: bits.bigEndian) { bytes += $0 }
    }

    func withPointers<T>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
        bytes.withUnsafeBytes { raw in
            let start = raw.bindMemory(to: CChar.self).baseAddress.unsafelyUnwrapped
            let pointers: [UnsafePointer<CChar>?] = places.map { $0 < 0 ? nil : start + $0 } + [nil]
            return pointers.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
        }
    }
}
