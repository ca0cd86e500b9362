import FoundationEssentials
import Synchronization
import TestSupport

/// Reads the command line of every process of this system, again and again.
final class ProcessWatch: Sendable {
    private let lines = Mutex<Set<String>>([])
    private let isOver = Atomic(false)
    private let task = Mutex<Task<Void, Never>?>(nil)

    init() {
        task.withLock { task in
            task = Task.detached { [self] in
                while !isOver.load(ordering: .relaxed) {
                    look()
                    // What signs in over SSH takes longer than this.
                    try? await Task.sleep(for: .milliseconds(20))
                }
            }
        }
    }

    /// Every command line that was seen.
    func end() -> [String] {
        isOver.store(true, ordering: .relaxed)
        return lines.withLock { Array($0) }
    }

    private func look() {
        let ids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for id in ids where id.first?.isNumber == true {
            // One that has just ended is fine.
            guard let bytes = try? Data(contentsOf: URL(filePath: "/proc/\(id)/cmdline")), !bytes.isEmpty else {
                continue
            }
            let line = String(decoding: bytes.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
            // The tests give variables to the program by env, as a shell would, and make their machines so.
            guard !line.contains("TEST_TOUCHES="), !line.contains("machine/inside.py"),
                !line.contains("machine/launch.py")
            else { continue }
            _ = lines.withLock { $0.insert(line) }
        }
    }
}
