package import FoundationEssentials

/// The backups in one folder that the program made by itself, told by their names:
/// `prices.sqlite.schema-3.20261124T100500Z.backup`.
///
/// Files with other names are never touched.
package struct BackupShelf: Hashable, Sendable {
    package let folder: String
    /// The file name of the database.
    private let base: String

    /// `database` is the path of the database whose backups these are; the standard folder is the one it lies in.
    package init(of database: String, folder: String? = nil) {
        let own = SQLiteFile.folder(of: database)
        base = database.split(separator: "/").last.map(String.init) ?? database
        self.folder = folder ?? own
    }

    /// The path of a new one; the time is cut to the second.
    ///
    /// `number` is the schema's.
    package func path(schema number: Int, at time: Date) -> String {
        "\(folder)/\(base).schema-\(number).\(Self.stamp(time)).backup"
    }

    /// The paths, newest first; none when the folder can't be read.
    package var paths: [String] {
        // A folder that is missing holds none; one that can't be read will be named by who writes into it.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { time(of: $0) != nil }
            .sorted { (time(of: $0) ?? "", $0) > (time(of: $1) ?? "", $1) }
            .map { "\(folder)/\($0)" }
    }

    /// When the newest one was made, as far as that can be true.
    package func newest(asOf now: Date) -> Date? {
        paths.lazy.compactMap(date).first { $0 <= Self.latest(now) }
    }

    /// Removes all but the newest `count`, and what a copy left that was cut short; says which backups.
    ///
    /// One from the future was made while the clock was wrong and counts as the oldest. Only for who alone makes backups
    /// now.
    package func prune(keeping count: Int, asOf now: Date) throws -> [String] {
        let latest = Self.latest(now)
        let all = paths
        let possible = all.filter { date(of: $0).map { $0 <= latest } ?? false }
        let old = Array((possible + all.filter { !possible.contains($0) }).dropFirst(count))
        for path in old + unfinished { try SQLiteFile.remove(path) }
        return old
    }

    private var unfinished: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix("\(base).schema-") && $0.hasSuffix(".unfinished") }.map { "\(folder)/\($0)" }
    }

    /// A clock that is set right by less than a day makes no backup impossible.
    private static func latest(_ now: Date) -> Date { now + 86_400 }

    private func date(of path: String) -> Date? {
        path.split(separator: "/").last.flatMap { time(of: String($0)) }.flatMap {
            try? Date($0, strategy: Self.format)
        }
    }

    /// nil unless the name is one of ours.
    private func time(of name: String) -> String? {
        let (start, end) = ("\(base).schema-", ".backup")
        guard name.hasPrefix(start), name.hasSuffix(end), name.count > start.count + end.count else { return nil }
        let parts = name.dropFirst(start.count).dropLast(end.count).split(separator: ".")
        guard parts.count == 2, Int(parts[0]) != nil, parts[1].count == 16 else { return nil }
        return String(parts[1])
    }

    /// The time in UTC to the second: `20261124T100500Z`.
    package static func stamp(_ time: Date) -> String { time.formatted(format) }

    private static let format = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
}
