import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The process's second output, for the log and for what goes wrong.
package enum StandardError {
    /// Lines of several threads must not run into each other.
    private static let turn = Mutex(())

    /// Writes one line; its end is added.
    package static func write(_ line: String) {
        var line = line
        line += "\n"
        turn.withLock { _ in
            line.withUTF8 { bytes in
                var rest = UnsafeRawBufferPointer(bytes)
                while !rest.isEmpty {
                    let written = Self.write(rest)
                    // There is nobody left to tell that the log cannot be written.
                    guard written > 0 else { return }
                    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                }
            }
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        while true {
            let written = system_write(STDERR_FILENO, bytes.baseAddress, bytes.count)
            if written < 0 && errno == EINTR { continue }
            return written
        }
    }
}

/// The C function; inside of the type its name would mean the method.
private func system_write(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
