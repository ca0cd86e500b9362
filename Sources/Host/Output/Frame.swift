/// Lines that must not be overlooked.
enum Frame {
    static func lines(_ lines: [String]) -> [String] {
        let width = lines.map(\.count).max() ?? 0
        let edge = String(repeating: "─", count: width + 2)
        let inside = lines.map { "│ \($0)\(String(repeating: " ", count: width - $0.count)) │" }
        return ["", "┌\(edge)┐"] + inside + ["└\(edge)┘", ""]
    }
}
