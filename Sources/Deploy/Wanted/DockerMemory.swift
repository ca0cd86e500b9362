/// An amount of memory as Docker writes it.
enum DockerMemory {
    /// Of `512m`; nil for what means nothing or no limit.
    static func bytes(_ memory: String) -> Int? {
        let digits = memory.prefix { $0.isASCII && $0.isNumber }
        let factor: Int? =
            switch memory.dropFirst(digits.count).lowercased() {
            case "", "b": 1
            case "k": 1 << 10
            case "m": 1 << 20
            case "g": 1 << 30
            default: nil
            }
        guard let count = Int(digits), let factor, count > 0, count < 1 << 30 else { return nil }
        return count * factor
    }
}
