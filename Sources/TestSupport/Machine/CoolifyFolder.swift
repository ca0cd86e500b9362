import FoundationEssentials

/// Where the fake Coolify keeps what it is told, what it remembers and what it was asked.
final class CoolifyFolder: Sendable {
    let path: String

    /// A new one.
    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "coolify-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// One that is there.
    init(at path: String) { self.path = path }

    var recording: String { "\(path)/requests.jsonl" }

    func state() throws -> CoolifyState {
        try JSONDecoder().decode(CoolifyState.self, from: Data(TextFile.read("\(path)/state.json").utf8))
    }

    func requests() throws -> [CoolifyRequest] {
        guard FileManager.default.fileExists(atPath: recording) else { return [] }
        return try TextFile.read(recording).split(separator: "\n").map {
            try JSONDecoder().decode(CoolifyRequest.self, from: Data($0.utf8))
        }
    }

    func change(_ body: (inout CoolifyControl) -> Void) throws {
        var control = try JSONDecoder().decode(CoolifyControl.self, from: Data(TextFile.read(controlFile).utf8))
        body(&control)
        try write(control)
    }

    /// All at once, for the fake may be reading.
    func write(_ control: CoolifyControl) throws {
        try JSONEncoder().encode(control).write(to: URL(filePath: controlFile), options: .atomic)
    }

    func remove() {
        // The system removes what is left in its temporary folder.
        try? FileManager.default.removeItem(atPath: path)
    }

    private var controlFile: String { "\(path)/control.json" }
}
