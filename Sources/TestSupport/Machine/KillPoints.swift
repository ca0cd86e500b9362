import FoundationEssentials

/// The points at which a test has a program killed: every touch of the fakes that share one of these is counted.
///
/// `coolify/touches.py` says how. The program must be named `host` and be started with `environment`.
package struct KillPoints: Sendable {
    /// Whether the thing is done before the program is killed.
    package enum Moment: String, CaseIterable, Sendable {
        case before, after
    }

    /// The path of the folder.
    package let folder: String
    private let victim = UUID().uuidString

    package init(at folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try TextFile.write(victim, to: "\(folder)/victim")
    }

    /// What the program that may be killed gets besides its own; what `PATH` should begin with comes from `programs`.
    package var environment: [String: String] { ["TEST_TOUCHES": folder, "TEST_VICTIM": victim] }

    /// What stands in the environment of the program that may be killed.
    var mark: String { "TEST_VICTIM=\(victim)" }

    /// How often something was touched.
    package var count: Int { (try? Int(TextFile.read("\(folder)/count"))) ?? nil ?? 0 }

    /// Who was killed where, in the fake's words; nil: nobody.
    package var killed: String? { try? TextFile.read("\(folder)/killed") }

    /// Counts from the beginning, and kills at one touch; 1 is the first.
    package func kill(at number: Int, _ moment: Moment) throws {
        try rest()
        try TextFile.write(String(number), to: "\(folder)/\(moment.rawValue)")
    }

    /// Counts from the beginning, and kills nobody.
    package func rest() throws {
        for name in ["count", "before", "after", "killed"] where FileManager.default.fileExists(atPath: path(name)) {
            try FileManager.default.removeItem(atPath: path(name))
        }
    }

    /// Puts stand-ins for `ssh`, `scp` and `ssh-keyscan` into a folder, each run of which is a touch; for the beginning of `PATH`.
    package func makePrograms(in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Links and no copies: a program that was just written may not be run while another test forks.
        let script = TextFile.path("machine/touched.py", besides: #filePath)
        for name in ["ssh", "scp", "ssh-keyscan"] {
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: script)
        }
    }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }
}
