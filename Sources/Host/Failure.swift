/// Why the program ends without having done what it was asked for.
struct Failure: Error, Hashable {
    /// The numbers scripts go by; 64 and 78 are those of sysexits.h.
    enum Exit: Int32, Sendable {
        case failed = 1
        case usage = 64
        case configuration = 78
    }

    let exit: Exit
    /// One sentence or several lines for a person: what is wrong and what to do.
    let message: String

    init(_ exit: Exit, _ message: String) {
        self.exit = exit
        self.message = message
    }
}

extension Failure: CustomStringConvertible {
    var description: String { message }
}
