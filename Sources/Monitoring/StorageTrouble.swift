import Queue
import SQL

/// Why nothing can be read or written at the moment, in words for whoever asked for something.
///
/// Their request was fine and nothing of it was done, except perhaps where that is uncertain; what was stored before is
/// still there.
package enum StorageTrouble: Hashable, Sendable, CaseIterable {
    case locked
    case crowded
    case full
    case readOnly
    case broken
    case closed
    case unreachable
    /// Whether it was done is not known.
    case uncertain
    /// The server that holds the jobs does not answer: what was stored is stored, and what was to be done at once is not.
    case queueUnreachable
    /// The server that holds the jobs takes no more.
    case queueFull

    /// nil for errors that say something about our own statements rather than about the database.
    package init?(_ error: any Error) {
        if let error = error as? RedisError {
            switch error {
            case .unreachable, .refused, .busy, .closed: self = .queueUnreachable
            case .full: self = .queueFull
            case .address, .command: return nil
            }
            return
        }
        switch error as? SQLError {
        case .busy: self = .locked
        case .crowded: self = .crowded
        case .full: self = .full
        case .readOnly: self = .readOnly
        case .open, .damaged, .unusable: self = .broken
        case .closed: self = .closed
        case .unreachable: self = .unreachable
        case .uncertain: self = .uncertain
        case .statement, .constraint, .column, .schema, nil: return nil
        }
    }

    /// What is wrong, and what to do.
    package var sentence: String {
        switch self {
        case .locked:
            "Another program keeps the database locked, so nothing was done. Try again in a moment; if it stays like this, "
                + "find the program that has the file open."
        case .crowded:
            "Every connection to the database server is in use, so nothing was done. Try again in a moment; the log of this "
                + "installation says what to set."
        case .full:
            "The disk that holds the database is full, so nothing was changed. Make room on it and try again; what was "
                + "stored before is safe."
        case .readOnly:
            "The database may be read but not written, so nothing was changed. Give the user that runs this program the "
                + "right to write the file and its folder."
        case .broken:
            "The database file cannot be read. The log of this installation says why; a backup may have to be restored."
        case .closed: "This installation is stopping or starting again. Try again in a moment."
        case .unreachable:
            "The database server cannot be reached, so nothing was done. Try again in a moment; the log of this "
                + "installation says why."
        case .uncertain:
            "The connection to the database was cut while the change was being stored. Look whether it is there before you "
                + "try again."
        case .queueUnreachable:
            "The server that holds the jobs (Redis) cannot be reached, so nothing can be done at once. Try again in a moment; "
                + "the log of this installation says why. What is checked by the clock is caught up on."
        case .queueFull:
            "The server that holds the jobs (Redis) is full, so nothing can be done at once. Give it more memory; what is "
                + "checked by the clock is caught up on."
        }
    }
}
