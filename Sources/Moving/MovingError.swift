/// Why something was not moved: sentences for a person.
package enum MovingError: Error, Hashable, CustomStringConvertible {
    /// A file can't be read or written.
    case file(String)
    /// The file is not what it should be, or not whole.
    case damaged(String)
    /// The file is of a newer version.
    case newer(String)
    /// The database is not one that this can be imported into.
    case occupied(String)
    /// What is in the database afterwards is not what is in the file.
    case different(String)
    /// What was asked for can't be done like this.
    case request(String)

    package var description: String {
        switch self {
        case .file(let why), .damaged(let why), .newer(let why), .occupied(let why), .different(let why),
            .request(let why):
            why
        }
    }
}

/// How far moving is.
package struct MovingProgress: Hashable, Sendable {
    package enum Phase: Sendable, CaseIterable {
        case exporting, examining, importing, comparing
    }

    package let phase: Phase
    /// From 0 to 1.
    package let part: Double

    package init(_ phase: Phase, _ part: Double) {
        self.phase = phase
        self.part = part
    }
}
