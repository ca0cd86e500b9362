#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where answers go, each line at once, so that whoever reads along need not wait.
enum StandardOutput {
    static func write(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// Whether a person reads along.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
