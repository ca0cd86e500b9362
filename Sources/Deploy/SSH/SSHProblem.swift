/// Why OpenSSH did not get into a machine.
enum SSHProblem: Error, Hashable {
    /// The machine has another host key than at first contact.
    case otherHostKey
    /// The machine answers and lets nobody in with the keys it was offered.
    case denied
    /// Nothing answers; the text is OpenSSH's own, one line.
    case unreachable(String)

    /// By what OpenSSH wrote to its standard error when it ended with 255.
    init(_ errors: String) {
        if errors.contains("HOST IDENTIFICATION HAS CHANGED") || errors.contains("Host key verification failed") {
            self = .otherHostKey
        } else if errors.contains("Permission denied") || errors.contains("Too many authentication failures") {
            self = .denied
        } else {
            let last = errors.split(whereSeparator: \.isNewline).last.map(String.init) ?? "no answer"
            self = .unreachable(last)
        }
    }
}
