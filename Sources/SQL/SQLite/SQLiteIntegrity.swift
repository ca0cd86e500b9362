import Dispatch
import GRDB

/// Looks whether a database file is whole.
enum SQLiteIntegrity {
    /// How much of a file is looked at: with `quick` not whether indexes and tables agree, which takes most of the time.
    enum Depth: String {
        case quick = "quick_check"
        case full = "integrity_check"
    }

    /// Throws `SQLError.damaged` with what is wrong.
    ///
    /// False when nothing was found within `limit` and the rest was left.
    static func check(_ path: String, _ depth: Depth, upTo limit: Duration? = nil) throws(SQLError) -> Bool {
        do {
            let queue = try SQLiteCopy.reader(path)
            let alarm = DispatchWorkItem { queue.interrupt() }
            if let limit { DispatchQueue.global().asyncAfter(deadline: .now() + limit / .seconds(1), execute: alarm) }
            defer {
                alarm.cancel()
                // The alarm keeps it alive until its time; a reader that can't be closed goes away then.
                try? queue.close()
            }
            let found = try queue.read { try String.fetchAll($0, sql: "PRAGMA \(depth.rawValue)(3)") }
            guard found == ["ok"] else {
                throw SQLError.damaged(
                    "The database “\(path)” is damaged: \(found.joined(separator: "; ").prefix(300))."
                )
            }
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
            return false
        } catch let error as DatabaseError {
            throw SQLError.ofFile(error, path: path) ?? .open(SQLiteFile.openFailure(path, why: error.message ?? "?"))
        } catch let error as SQLError {
            throw error
        } catch {
            throw .open(SQLiteFile.openFailure(path, why: "\(error)"))
        }
    }
}
