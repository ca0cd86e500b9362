import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Who is at work, for others who look: `anna@laptop, process 4711`.
enum OperatorName {
    static var current: String {
        var name = [CChar](repeating: 0, count: 256)
        let host =
            gethostname(&name, name.count - 1) == 0
            ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self) : "?"
        let user = ProcessInfo.processInfo.environment["USER"] ?? "user \(getuid())"
        return "\(user)@\(host), process \(getpid())"
    }
}
