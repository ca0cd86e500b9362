#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The process's second output, for the log and for what goes wrong.
package enum StandardError {
    private static let output = LogOutput(descriptor: STDERR_FILENO)

    /// Adds one line; its end is added.
    ///
    /// Never waits: a thread of its own writes it within moments.
    package static func add(_ line: String) {
        output.add(line)
    }

    /// Writes one line for a person, after everything that was added before, and waits for it.
    package static func write(_ line: String) {
        output.add(line)
        flush()
    }

    /// Waits until what was added is written, but not for ever: nobody may be reading.
    ///
    /// To be called before the process ends.
    package static func flush() {
        output.flush(upTo: 1)
    }

    /// Writes the text as it is, after everything that was added before: for a line that changes on a terminal.
    package static func put(_ text: String) {
        flush()
        // A terminal that is gone has nobody to tell.
        _ = Array(text.utf8).withUnsafeBytes { system_write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Whether a person reads along.
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// How the log says that lines were lost.
    static func describeLoss(_ make: @escaping @Sendable (Int) -> String) {
        output.describeLoss(make)
    }
}

/// The C function; inside of the type its name would mean the method.
private func system_write(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
