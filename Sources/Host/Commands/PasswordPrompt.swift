import Operations

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Asks a person for something that nobody else should read.
enum PasswordPrompt {
    /// The next line of the standard input, not shown while it is typed; nil when there is none.
    static func read(_ question: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine(strippingNewline: true) }
        StandardError.write(question)
        StandardError.flush()
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        return readLine(strippingNewline: true)
    }
}
