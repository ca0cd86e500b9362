import Crypto
import FoundationEssentials
import SQL
import Store

/// A look at a whole export before anything of it is believed.
struct ExportCheck {
    let head: ExportHead
    /// The first line's bytes.
    let headLine: [UInt8]
    /// What the last line says, which was found to be true.
    let digest: String
    /// Where the first row begins, and where the last line does.
    let rows: Range<Int>

    /// Throws `MovingError` when it is no export, not whole, or not one that this program can read.
    init(_ path: String, progress: (MovingProgress) -> Void) throws {
        let reader = try LineReader(path)
        guard let first = try reader.next(Array.init) else { throw MovingError.damaged("“\(path)” is empty.") }
        headLine = first
        head = try Self.head(first, path)
        let begin = reader.place
        var digest = SHA256()
        digest.update(data: first)
        var lines = Counter(head)
        var (foot, end): (ExportFoot?, Int) = (nil, begin)
        let step = max(reader.size / 100, 1)
        var told = 0
        while true {
            let place = reader.place
            let last: ExportFoot?? = try reader.next { line in
                guard line.starts(with: ExportFoot.beginning) else {
                    try lines.count(line, path)
                    digest.update(bufferPointer: UnsafeRawBufferPointer(line))
                    return nil
                }
                return try? JSONDecoder().decode(ExportFoot.self, from: Data(line))
            }
            guard let last else { break }
            guard foot == nil else { throw MovingError.damaged("“\(path)” goes on after its last line.") }
            if let last { (foot, end) = (last, place) }
            if reader.place - told > step {
                told = reader.place
                progress(MovingProgress(.examining, Double(told) / Double(max(reader.size, 1))))
            }
        }
        guard let foot else {
            throw MovingError.damaged(
                "“\(path)” is not whole: its last line is missing. The export was cut short; export again."
            )
        }
        guard foot.sha256 == digest.finalize().hexadecimal else {
            throw MovingError.damaged("“\(path)” is damaged: its bytes are not those that were exported. Export again.")
        }
        guard foot.rows == head.rows, lines.isComplete else {
            throw MovingError.damaged("“\(path)” does not hold as many rows as it says. Export again.")
        }
        self.digest = foot.sha256
        rows = begin..<end
    }

    private static func head(_ line: [UInt8], _ path: String) throws(MovingError) -> ExportHead {
        guard line.starts(with: ExportHead.beginning) else {
            throw .damaged("“\(path)” is no export of this program: its first line says something else.")
        }
        struct Version: Decodable {
            let version: Int
            let program: String
        }
        let (decoder, bytes) = (JSONDecoder(), Data(line))
        if let made = try? decoder.decode(Version.self, from: bytes), made.version > ExportHead.newestVersion {
            throw .newer(
                "“\(path)” was made by version \(made.program.prefix(40)) in a newer format. Import it with that version."
            )
        }
        guard let head = try? decoder.decode(ExportHead.self, from: bytes) else {
            throw .damaged("The first line of “\(path)” can't be read. Export again.")
        }
        let known = Set(StoreSchema.migrations.map(\.name))
        guard known.isSuperset(of: head.migrations) else {
            throw .newer(
                "“\(path)” was made by version \(head.program.prefix(40)), which knows more than this one. "
                    + "Import it with that version or a later one."
            )
        }
        return head
    }

    /// Tells whose row each line is, which is known by its beginning.
    private struct Counter {
        private var waiting: [(beginning: [UInt8], name: String, rows: Int)]

        init(_ head: ExportHead) {
            waiting = head.tables.map { (Array(#"["\#($0.name)","#.utf8), $0.name, $0.rows) }.reversed()
        }

        var isComplete: Bool { waiting.allSatisfy { $0.rows == 0 } }

        mutating func count(_ line: UnsafeBufferPointer<UInt8>, _ path: String) throws(MovingError) {
            while let next = waiting.last, next.rows == 0 { waiting.removeLast() }
            guard let next = waiting.last, line.starts(with: next.beginning) else {
                throw .damaged(
                    "“\(path)” is damaged: a row of \(waiting.last?.name ?? "no table") was expected where another line is."
                )
            }
            waiting[waiting.count - 1].rows -= 1
        }
    }
}
