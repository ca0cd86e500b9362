import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What tells this process from all others, on this machine and elsewhere, now and later.
enum ProcessMark {
    /// The machine, its last start, the process, and when that began.
    static let own: String = {
        let process = ProcessInfo.processInfo.processIdentifier
        let start = Self.start(of: process) ?? UUID().uuidString
        return [place, "\(process)", start].joined(separator: " ")
    }()

    /// Whether that process has ended; false where that can't be known from here.
    static func isGone(_ mark: String) -> Bool {
        let words = mark.split(separator: " ").map(String.init)
        guard words.count == 4, words[0...1].joined(separator: " ") == place, let process = Int32(words[2]) else {
            return false
        }
        return start(of: process) != words[3]
    }

    private static let place: String = {
        // Each container has a name of its own, and its processes have numbers of their own.
        let host = ProcessInfo.processInfo.hostName.split(whereSeparator: \.isWhitespace).joined()
        let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        return "\(host) \(boot?.prefix { !$0.isWhitespace } ?? "unknown")"
    }()

    /// When a process of this machine began, in clock ticks since the machine did; nil when there is none, or where the
    /// system does not say.
    private static func start(of process: Int32) -> String? {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
        // The second field is the program's name in brackets, with whatever characters.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 19 ? String(fields[19]) : nil
    }
}
