import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

/// What counts each touch of the world, and kills who touches it.
@Suite(.timeLimit(.minutes(20)))
struct KillPointsTests {
    @Test(arguments: KillPoints.Moment.allCases)
    func `the program is killed at the touch that was named, and nobody else`(moment: KillPoints.Moment) async throws {
        let desk = try Desk()
        defer { desk.remove() }
        try desk.points.kill(at: 2, moment)
        // The program is a shell that is called as the real one; `true` and `false` stand for what it calls.
        let script = "touch-me; echo one >>done; touch-me; echo two >>done"
        let killed = try await desk.run("host", script)
        #expect(killed.exitCode == -9 || killed.exitCode == 137, "\(killed)")
        #expect(try TextFile.read("\(desk.folder)/done") == "one\n")
        #expect(desk.points.count == 2)
        #expect(desk.points.killed?.hasPrefix("\(moment.rawValue) 2") == true)
        // What was killed before it called was not called.
        let calls = try TextFile.read("\(desk.folder)/calls").split(separator: "\n").count
        #expect(calls == (moment == .before ? 1 : 2))
    }

    @Test func `another program, or none, is let alone`() async throws {
        let desk = try Desk()
        defer { desk.remove() }
        try desk.points.kill(at: 1, .before)
        let other = try await desk.run("other", "touch-me; echo one >>done")
        #expect(other.exitCode == 0)
        #expect(try TextFile.read("\(desk.folder)/done") == "one\n")
        try desk.points.rest()
        #expect(try await desk.run("host", "touch-me; touch-me; touch-me; echo all >>done").exitCode == 0)
        #expect(desk.points.count == 3)
        #expect(desk.points.killed == nil)
    }

    /// A folder with a shell named host, and `touch-me`, which is touched.
    private struct Desk {
        let folder: String
        let points: KillPoints

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "kill-\(UUID().uuidString)").path
            points = try KillPoints(at: "\(folder)/touches")
            try points.makePrograms(in: "\(folder)/first")
            try FileManager.default.createDirectory(atPath: "\(folder)/second", withIntermediateDirectories: true)
            let links = [
                (
                    "first/touch-me",
                    TextFile.path("../../../Sources/TestSupport/Machine/machine/touched.py", besides: #filePath)
                ),
                ("second/touch-me", TextFile.path("called.sh", besides: #filePath)), ("host", "/bin/bash"),
                ("other", "/bin/bash"),
            ]
            for (name, target) in links {
                try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: target)
            }
        }

        func run(_ name: String, _ script: String) async throws -> CommandResult {
            let path = "\(folder)/first:\(folder)/second:/usr/bin:/bin"
            return try await TestCommands.runner(
                Command(
                    "\(folder)/\(name)",
                    ["-c", "cd \(folder); \(script)"],
                    environment: points.environment.merging(["PATH": path, "CALLS": "\(folder)/calls"]) { first, _ in
                        first
                    },
                    deadline: .seconds(300)
                )
            )
        }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }
}
