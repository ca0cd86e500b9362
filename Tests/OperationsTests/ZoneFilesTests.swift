import FoundationEssentials
import Model
import Operations
import TestSupport
import Testing

struct ZoneFilesTests {
    /// A folder of zone files, as `TZDIR` names one; gone when the test ends.
    private struct Folder: ~Copyable {
        let path = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)").path

        init() throws {
            try add("Europe/Berlin", ZoneFile(rule: "CET-1CEST,M3.5.0,M10.5.0/3", first: 3600).bytes)
            try add("America/New_York", ZoneFile(rule: "EST5EDT,M3.2.0,M11.1.0", first: -18000).bytes)
            try add("Etc/GMT+3", ZoneFile(rule: "<-03>3", first: -10800).bytes)
            try add("zone.tab", Array("# a table".utf8))
            try add("Europe/Damaged", Array(ZoneFile(rule: "CET-1").bytes.dropLast(40)))
            var leaping = ZoneFile(rule: "CET-1")
            leaping.leapSeconds = 1
            try add("right/Europe/Berlin", leaping.bytes)
        }

        // What cannot be removed is left to the system.
        deinit { try? FileManager.default.removeItem(atPath: path) }

        var zones: ZoneFiles { ZoneFiles(environment: ["TZDIR": path]) }

        func add(_ name: String, _ bytes: [UInt8]) throws {
            let file = URL(filePath: "\(path)/\(name)")
            try FileManager.default.createDirectory(
                atPath: file.deletingLastPathComponent().path,
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: file)
        }
    }

    @Test func `reads zones from the folder that TZDIR names`() throws {
        let folder = try Folder()
        let zones = folder.zones
        let moment = try Timestamp("2026-07-01T00:00:00Z")
        #expect(try zones.zone("Europe/Berlin").offset(at: moment) == .hours(2))
        #expect(try zones.zone("Etc/GMT+3").offset(at: moment) == .hours(-3))
        #expect(try zones.source("America/New_York").name == "America/New_York")
        #expect(zones.names() == ["America/New_York", "Etc/GMT+3", "Europe/Berlin", "Europe/Damaged"])
    }

    @Test func `what was read stays while its file is away for a moment`() throws {
        let folder = try Folder()
        let zones = folder.zones
        let before = try zones.zone("Europe/Berlin")
        try FileManager.default.removeItem(atPath: "\(folder.path)/Europe/Berlin")
        #expect(try zones.zone("Europe/Berlin") == before)
        #expect(throws: ZoneError.self) { try folder.zones.zone("Europe/Berlin") }
    }

    @Test(arguments: [
        ("Europe/Berlim", "There is no time zone “Europe/Berlim”. Did you mean “Europe/Berlin”?"),
        ("europe/berlin", "There is no time zone “europe/berlin”. Did you mean “Europe/Berlin”?"),
        ("new york", "There is no time zone “new york”. Did you mean “America/New_York”?"),
        ("Mars/Olympus", "There is no time zone “Mars/Olympus”. Write it like Europe/Berlin, or UTC."),
        ("", "There is no time zone “”. Write it like Europe/Berlin, or UTC."),
        ("Europe", "There is no time zone “Europe”. Write it like Europe/Berlin, or UTC."),
        ("../etc/passwd", "There is no time zone “../etc/passwd”. Write it like Europe/Berlin, or UTC."),
        (
            "Europe/../Europe/Berlin",
            "There is no time zone “Europe/../Europe/Berlin”. Write it like Europe/Berlin, or UTC."
        ),
        ("Europe//Berlin", "There is no time zone “Europe//Berlin”. Did you mean “Europe/Berlin”?"),
        ("zone.tab", "There is no time zone “zone.tab”. Write it like Europe/Berlin, or UTC."),
    ])
    func `says which zone may have been meant`(name: String, expected: String) throws {
        let folder = try Folder()
        let error = #expect(throws: ZoneError.self) { try folder.zones.zone(name) }
        #expect(error?.description == expected)
    }

    @Test func `opens nothing outside its folder`() throws {
        let folder = try Folder()
        for name in [
            "\(folder.path)/Europe/Berlin", "/etc/localtime", "./Europe/Berlin", "Europe/./Berlin", "Europe/Berlin/",
        ] {
            #expect(throws: ZoneError.self) { try folder.zones.zone(name) }
        }
        let long = String(repeating: "x", count: 100_000)
        let error = #expect(throws: ZoneError.self) { try folder.zones.zone(long) }
        #expect((error?.description.count ?? 0) < 400)
    }

    @Test func `says what is wrong with a file, and names it`() throws {
        let folder = try Folder()
        let damaged = #expect(throws: ZoneError.self) { try folder.zones.zone("Europe/Damaged") }
        #expect(damaged == .file("\(folder.path)/Europe/Damaged", .truncated))
        let leaping = #expect(throws: ZoneError.self) { try folder.zones.zone("right/Europe/Berlin") }
        #expect(leaping?.description.hasSuffix("The zone counts leap seconds. Take the name without “right/”.") == true)
    }

    @Test func `without zones it says what to install, and UTC goes all the same`() throws {
        let zones = ZoneFiles(environment: ["TZDIR": "/nowhere"])
        #expect(try zones.zone("UTC") == .utc)
        let error = #expect(throws: ZoneError.self) { try zones.zone("Europe/Berlin") }
        #expect(
            error?.description
                == """
                The time zones are not installed: there is nothing in /nowhere. Install the package “tzdata”, or set the \
                environment variable TZDIR to a folder of zone files.
                """
        )
        #expect(zones.homeName() == "UTC")
    }

    @Test func `knows the zone that the machine's clock is set to`() throws {
        let folder = try Folder()
        func home(_ name: String) -> String { ZoneFiles(environment: ["TZDIR": folder.path, "TZ": name]).homeName() }
        #expect(home("America/New_York") == "America/New_York")
        #expect(home(":Europe/Berlin") == "Europe/Berlin")
    }
}
