import FoundationEssentials
package import Model
import Synchronization

/// The time zones of this machine, as the IANA database's compiled files.
///
/// What was read is kept, and its file looked at again after a minute, so that an update of the machine's zones counts
/// without a restart.
package final class ZoneFiles: Sendable {
    /// Where the files are.
    package let folder: String
    /// The zone of the machine's own clock, as far as it says so.
    private let home: String?
    private let known = Mutex<[String: Known]>([:])

    private struct Known {
        let zone: Zone
        let written: Date?
        var looked: ContinuousClock.Instant
    }

    /// The files in `TZDIR`, else in `/usr/share/zoneinfo`.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let chosen = environment["TZDIR"] ?? ""
        folder = chosen.isEmpty ? "/usr/share/zoneinfo" : chosen
        home = environment["TZ"]
    }

    /// As it is handed down.
    package var source: ZoneSource { { name in try self.zone(name) } }

    /// Throws `.unknown` with the nearest name, `.noZones` where nothing is installed, `.file` for a damaged file.
    ///
    /// UTC needs no file.
    package func zone(_ name: String) throws(ZoneError) -> Zone {
        guard Self.isName(name) else { throw unknown(name) }
        let path = "\(folder)/\(name)"
        if let zone = kept(name, path) { return zone }
        let written = Self.written(path)
        guard let bytes = Self.contents(path) else {
            if name == Zone.utc.name { return .utc }
            throw unknown(name)
        }
        let zone: Zone
        do {
            zone = try Zone(name: name, tzif: bytes)
        } catch .notTZif {
            // The folder holds tables and texts as well.
            throw unknown(name)
        } catch {
            throw .file(path, error)
        }
        known.withLock { $0[name] = Known(zone: zone, written: written, looked: .now) }
        return zone
    }

    /// All names, sorted; empty where nothing is installed.
    package func names() -> [String] {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return all.filter { name in
            // Those hold the same zones again, in lower case.
            guard name.first?.isUppercase == true, Self.isName(name) else { return false }
            return Self.contents("\(folder)/\(name)")?.starts(with: "TZif".utf8) == true
        }.sorted()
    }

    /// The zone of the machine's own clock, by `TZ` or `/etc/localtime`; UTC where neither names one.
    package func homeName() -> String {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime")
        let linked = link?.firstRange(of: "/zoneinfo/").flatMap { place in link.map { String($0[place.upperBound...]) }
        }
        let candidates = [home.map { $0.hasPrefix(":") ? String($0.dropFirst()) : $0 }, linked].compactMap { $0 }
        // What cannot be read is no help to anybody.
        return candidates.first { (try? zone($0)) != nil } ?? Zone.utc.name
    }

    private func kept(_ name: String, _ path: String) -> Zone? {
        guard let known = known.withLock({ $0[name] }) else { return nil }
        if ContinuousClock.now - known.looked < .seconds(60) { return known.zone }
        guard Self.written(path) == known.written else { return nil }
        self.known.withLock { $0[name]?.looked = .now }
        return known.zone
    }

    private func unknown(_ name: String) -> ZoneError {
        let names = names()
        return names.isEmpty ? .noZones(folder: folder) : .unknown(name, nearest: Self.nearest(to: name, among: names))
    }

    /// `new york` means `America/New_York`; nil for what is near to nothing.
    private static func nearest(to name: String, among names: [String]) -> String? {
        guard (1...64).contains(name.utf8.count) else { return nil }
        let wanted = name.lowercased().replacing(" ", with: "_")
        let place = names.first { $0.lowercased().split(separator: "/").last.map(String.init) == wanted }
        if let place { return place }
        guard let nearest = NearestKey.nearest(to: wanted, among: names) else { return nil }
        let distance = NearestKey.distance(Array(wanted), Array(nearest.lowercased()))
        return distance <= max(2, name.count / 3) ? nearest : nil
    }

    /// A relative path that stays inside the folder: letters, digits, `_`, `+` and `-`, with `/` between them.
    private static func isName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { "_+-".utf8.contains($0) || $0.isASCIIDigit || $0.isASCIILetter }
        }
    }

    private static func written(_ path: String) -> Date? {
        // Where there is no file there is no time either.
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }

    /// nil for what cannot be read, or is much larger than any zone.
    private static func contents(_ path: String) -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: path), data.count <= 1_000_000 else { return nil }
        return Array(data)
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { (0x41...0x5a).contains(self & 0xdf) }
}
