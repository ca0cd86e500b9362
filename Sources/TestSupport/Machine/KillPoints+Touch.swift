import FoundationEssentials
import Glibc

extension KillPoints {
    /// One touch of something that runs in the test's own process, counted with those of all others.
    ///
    /// The same as `coolify/touches.py`.
    package struct Touch: Sendable {
        private let points: KillPoints
        private let number: Int

        /// Counts it.
        package init(_ points: KillPoints) {
            self.points = points
            let lock = open("\(points.folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            defer { close(lock) }
            flock(lock, LOCK_EX)
            number = points.count + 1
            points.write("count", String(number))
        }

        /// Says whether the program was killed before the thing is done; then it is not to be done.
        package func before() -> Bool { moment(.before) }
        /// Says whether it was killed after the thing was done; then nobody gets the answer.
        package func after() -> Bool { moment(.after) }

        private func moment(_ moment: Moment) -> Bool {
            guard let text = try? TextFile.read("\(points.folder)/\(moment.rawValue)"), Int(text) == number else {
                return false
            }
            // Written before, for the test may go on as soon as its program is dead.
            points.write("killed", "\(moment.rawValue) \(number)")
            if points.killVictims() { return true }
            try? FileManager.default.removeItem(atPath: "\(points.folder)/killed")
            return false
        }
    }

    private func write(_ name: String, _ text: String) {
        // What can't be written would be missed by the test at once.
        try? TextFile.write(text, to: "\(folder)/\(name).new")
        rename("\(folder)/\(name).new", "\(folder)/\(name)")
    }

    /// Returns when no program named host that carries the mark runs any more; whether there was one.
    private func killVictims() -> Bool {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let found = all.compactMap { Int32($0) }.filter(isVictim)
        for process in found { Glibc.kill(process, SIGKILL) }
        while found.contains(where: Self.runs) { usleep(5000) }
        return !found.isEmpty
    }

    private func isVictim(_ process: Int32) -> Bool {
        guard Self.read("/proc/\(process)/comm") == Array("host\n".utf8) else { return false }
        return Self.read("/proc/\(process)/environ").split(separator: 0).contains { $0.elementsEqual(mark.utf8) }
    }

    private static func runs(_ process: Int32) -> Bool {
        let fields = Self.read("/proc/\(process)/stat").split(separator: UInt8(ascii: ")")).last ?? []
        guard let state = fields.first(where: { $0 != 0x20 }) else { return false }
        return state != UInt8(ascii: "Z") && state != UInt8(ascii: "X")
    }

    /// Empty for a process that is gone.
    private static func read(_ path: String) -> [UInt8] {
        (try? Data(contentsOf: URL(filePath: path))).map(Array.init) ?? []
    }
}
