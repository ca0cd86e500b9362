import FoundationEssentials
import Subprocess
import SystemPackage

/// A folder of programs that stand before PostgreSQL's own in `PATH`.
struct FakePrograms {
    let folder: String

    /// `PATH` with them in front.
    var path: String { "\(folder):/usr/local/bin:/usr/bin:/bin" }

    init(in folder: String) throws {
        self.folder = folder + "/bin"
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    }

    /// A program that only says its version.
    func make(_ name: String, version: String) throws {
        try write(name, "echo '\(name) (PostgreSQL) \(version)'")
    }

    /// One that does what PostgreSQL's own does, but not before `lines` have run, with `$real` for that program.
    ///
    /// What only asks it for its version or a table of contents is answered at once.
    func make(_ name: String, before lines: String) throws {
        try write(
            name,
            """
            real=/usr/bin/\(name)
            case "$*" in --version|--list*) exec $real "$@" ;; esac
            \(lines)
            exec $real "$@"
            """
        )
    }

    /// Something that two processes meet at: `: >fifo` waits until `wait(at:)` is called, and the other way round.
    func makeMeeting(_ name: String) async throws -> String {
        let path = "\(folder)/\(name)"
        _ = try await Subprocess.run(.name("mkfifo"), arguments: [path], output: .discarded, error: .discarded)
        return path
    }

    func wait(at meeting: String) async throws {
        // Where the other one never comes, the test goes on and says so.
        _ = try await Subprocess.run(
            .name("timeout"),
            arguments: ["60", "cat", meeting],
            output: .discarded,
            error: .discarded
        )
    }

    private func write(_ name: String, _ lines: String) throws {
        let path = "\(folder)/\(name)"
        try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
}
