import Foundation
import Model
import TestSupport
import Testing

@testable import Deploy

@Suite struct JournalTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)").path
    private let now = Timestamp(milliseconds: 1_795_435_200_000)

    init() throws { try Folder.make(folder) }

    private var path: String { "\(folder)/staging.journal" }

    private static let events: [JournalEntry.Event] = [
        .mark("pma-staging-1"), .began(verb: "apply", by: "anna@laptop"),
        .intent(stage: "machine", change: "key", what: "key “a\nb”"), .result(stage: "machine", change: "key"),
        .failure(stage: "machine", change: "droplet", why: "no"), .ended(isDone: false),
    ]

    private func write(_ events: [JournalEntry.Event]) throws {
        let journal = try Journal(path)
        for event in events { try journal.append(event, at: now) }
    }

    @Test func `every kind of entry is read as it was written, by the next run too`() throws {
        try write(Self.events)
        #expect(try Journal.entries(of: path).map(\.event) == Self.events)
        #expect(try Journal(path).entries.map(\.at) == Self.events.map { _ in now })
        try write([.ended(isDone: true)])
        #expect(try Journal.entries(of: path).count == Self.events.count + 1)
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
    }

    @Test func `there is none before the first run, and looking makes none`() throws {
        #expect(try Journal.entries(of: path).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `wherever a death cuts the last line, what stands before it counts and the next run goes on`() throws {
        try write(Self.events)
        let whole = try Data(contentsOf: URL(filePath: path))
        let last = try #require(whole.dropLast().lastIndex(of: 0x0a)) + 1
        for length in last..<whole.count {
            try whole.prefix(length).write(to: URL(filePath: path))
            #expect(try Journal.entries(of: path).map(\.event) == Array(Self.events.dropLast()))
            try write([.mark("again")])
            #expect(try Journal.entries(of: path).map(\.event) == Self.events.dropLast() + [.mark("again")])
        }
    }

    @Test func `the last mark counts, and what was begun and not ended is known`() throws {
        try write([.mark("a"), .mark("b"), .intent(stage: "machine", change: "key", what: "the key")])
        let entries = try Journal.entries(of: path)
        #expect(Journal.mark(in: entries) == "b")
        #expect(Journal.unfinished(in: entries)?.what == "the key")
        for end in [JournalEntry.Event.result(stage: "machine", change: "key"), .ended(isDone: true)] {
            #expect(Journal.unfinished(in: entries + [JournalEntry(at: now, end)]) == nil)
        }
        #expect(Journal.mark(in: []) == nil)
    }

    @Test(arguments: [
        (#"{"version":2,"at":"2026-12-01T00:00:00Z","event":"mark","mark":"a"}"#, "newer version"),
        (#"{"version":1,"at":"2026-12-01T00:00:00Z","event":"dreamt"}"#, "newer version"),
        (#"{"version":2,"at":5}"#, "newer version"), ("nonsense", "Line 1"), ("", "Line 1"), ("{}", "Line 1"),
    ])
    func `a journal that can't be understood is refused and stays as it is`(line: String, words: String) throws {
        try Data("\(line)\n".utf8).write(to: URL(filePath: path))
        let error = #expect(throws: DeployError.self) { _ = try Journal(path) }
        #expect(error?.description.contains(words) == true)
        #expect(error?.description.contains(path) == true)
        #expect(try String(contentsOf: URL(filePath: path), encoding: .utf8) == "\(line)\n")
    }
}
