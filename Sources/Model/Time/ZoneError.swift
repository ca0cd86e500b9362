/// Why there is no zone.
package enum ZoneError: Error, Hashable {
    /// Not the name of a zone, or of one that is not there; with the nearest known name.
    case unknown(String, nearest: String?)
    /// The file at a path is no sound zone.
    indirect case file(String, ZoneError)
    /// The machine has no zones at all; with where they were looked for.
    case noZones(folder: String)
    /// The bytes do not begin as a TZif file does.
    case notTZif
    /// The bytes end too early.
    case truncated
    /// The times in the file count leap seconds, which nothing else here does.
    case countsLeapSeconds
    /// What is wrong inside, as the end of “the file is damaged: …”.
    case malformed(String)
}

extension ZoneError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknown(let name, let nearest):
            let hint = nearest.map { "Did you mean “\($0)”?" } ?? "Write it like Europe/Berlin, or UTC."
            return "There is no time zone “\(name.prefix(200))”. \(hint)"
        case .noZones(let folder):
            return """
                The time zones are not installed: there is nothing in \(folder). Install the package “tzdata”, or set \
                the environment variable TZDIR to a folder of zone files.
                """
        case .file(let path, let why): return "The time zone file \(path) cannot be used. \(why)"
        case .notTZif: return "The zone's file is not a TZif file."
        case .truncated: return "The zone's file ends too early. Install the package “tzdata” again."
        case .countsLeapSeconds: return "The zone counts leap seconds. Take the name without “right/”."
        case .malformed(let why): return "The zone's file is damaged: \(why). Install the package “tzdata” again."
        }
    }
}

/// Gives the zone of a name; throws a `ZoneError`.
package typealias ZoneSource = @Sendable (_ name: String) throws -> Zone
