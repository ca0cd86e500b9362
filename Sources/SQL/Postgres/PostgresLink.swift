import CPostgres

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection to a server.
///
/// For one thread at a time; it blocks that, but never longer than it is told.
/// It speaks in pipeline mode only: statements that are known together go out together and cost one round trip.
final class PostgresLink {
    private let connection: OpaquePointer
    private let troubles: PostgresTroubles
    private var prepared = PreparedStatements()
    private(set) var isUsable = true
    /// How many round trips were begun whose answers nobody has taken yet.
    private var owed = 0

    /// Connects and sets what statements need to be safe; `patience` is for all of it.
    init(
        _ address: PostgresAddress,
        settings: PostgresSettings,
        troubles: PostgresTroubles = PostgresTroubles(),
        patience: Duration
    ) throws(PostgresFailure) {
        let end = ContinuousClock.now + patience
        var keywords = address.options.map(\.keyword).map { strdup($0) }
        var values = address.options.map(\.value).map { strdup($0) }
        defer { for text in keywords + values { free(text) } }
        let started = keywords.withTerminator { keywords in
            values.withTerminator { values in PQconnectStartParams(keywords, values, 0) }
        }
        guard let started else { throw .lost("there is no memory for a connection") }
        connection = started
        self.troubles = troubles
        // Otherwise libpq writes what a server says unasked to the standard error, between the lines of our log.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        // Among the words is then the server's code, which does not depend on its language.
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        do throws(PostgresFailure) {
            try connect(until: end)
            PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
            guard PQsetnonblocking(connection, 1) == 0, PQenterPipelineMode(connection) == 1 else {
                throw PostgresFailure.lost(problem)
            }
            _ = try run(settings.commands.map(PostgresCommand.init), until: end)
        } catch {
            // What was lost is closed already.
            close()
            throw error
        }
    }

    deinit { if isUsable { PQfinish(connection) } }

    /// Ends it; nothing can be asked afterwards.
    func close() {
        guard isUsable else { return }
        isUsable = false
        PQfinish(connection)
    }

    /// The server's version as a number: 150018.
    var serverVersion: Int { Int(PQserverVersion(connection)) }

    /// Runs the statements in order, in one round trip.
    ///
    /// The first one that is refused ends them: those behind it are not run. Throws `.lost` when the answers are not there
    /// at `end`; the connection is closed then.
    func run(_ commands: [PostgresCommand], until end: ContinuousClock.Instant) throws(PostgresFailure)
        -> [PostgresAnswer]
    {
        guard isUsable else { throw .lost("the connection was closed") }
        do throws(PostgresFailure) {
            return try exchange(commands, until: end)
        } catch {
            switch error {
            case .lost: close()
            case .refused(let refusal):
                if refusal.makesPreparedStale { prepared = PreparedStatements(after: prepared) }
                if refusal.endsConnection { close() }
            }
            throw error
        }
    }

    /// Sends statements whose answers nobody needs; they are thrown away before the next ones are looked for.
    func post(_ commands: [PostgresCommand], until end: ContinuousClock.Instant) throws(PostgresFailure) {
        guard isUsable else { throw .lost("the connection was closed") }
        do throws(PostgresFailure) {
            for command in commands { try send(command, as: nil) }
            guard PQpipelineSync(connection) == 1, PQflush(connection) >= 0 else { throw .lost(problem) }
            owed += 1
        } catch {
            close()
            throw error
        }
    }

    private func takeOwed(until end: ContinuousClock.Instant) throws(PostgresFailure) {
        while owed > 0 {
            guard let result = try nextResult(until: end) else { continue }
            if PQresultStatus(result) == PGRES_PIPELINE_SYNC { owed -= 1 }
            PQclear(result)
        }
    }

    /// Gives what others told in the meantime; waits for it up to `end`, or until `wake` can be read.
    func notifications(until end: ContinuousClock.Instant, wake: CInt) throws(PostgresFailure) -> [PostgresNotification]
    {
        while true {
            let found = takeNotifications()
            if !found.isEmpty || ContinuousClock.now >= end { return found }
            guard let ready = wait(for: POLLIN, until: end, beside: wake) else { return [] }
            guard ready else { return [] }
            guard PQconsumeInput(connection) == 1 else {
                let why = problem
                close()
                throw .lost(why)
            }
        }
    }

    private func takeNotifications() -> [PostgresNotification] {
        var found: [PostgresNotification] = []
        while let notice = PQnotifies(connection) {
            found.append(
                PostgresNotification(
                    channel: String(cString: notice.pointee.relname),
                    payload: String(cString: notice.pointee.extra)
                )
            )
            PQfreemem(notice)
        }
        return found
    }

    private func connect(until end: ContinuousClock.Instant) throws(PostgresFailure) {
        while true {
            switch PQconnectPoll(connection) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_FAILED: throw PostgresFailure(connecting: String(cString: PQerrorMessage(connection)))
            case PGRES_POLLING_READING: try waitOrLose(for: POLLIN, until: end)
            default: try waitOrLose(for: POLLOUT, until: end)
            }
        }
    }

    private func exchange(
        _ commands: [PostgresCommand],
        until end: ContinuousClock.Instant
    ) throws(PostgresFailure) -> [PostgresAnswer] {
        var steps: [Step] = []
        for (index, command) in commands.enumerated() {
            guard command.isRepeated else {
                try send(command, as: nil)
                steps.append(.answer(index, nil))
                continue
            }
            let key = command.key
            let (statement, isNew, dropped) = prepared.statement(for: key)
            if let dropped {
                try send(PostgresCommand("DEALLOCATE \(dropped)"), as: nil)
                steps.append(.other)
            }
            if isNew {
                try prepare(command, as: statement.name)
                steps.append(.prepare(key))
            }
            try send(command, as: statement.name)
            steps.append(.answer(index, statement))
        }
        guard PQpipelineSync(connection) == 1 else { throw .lost(problem) }
        return try receive(steps, of: commands, until: end)
    }

    /// What the server will answer, in order.
    private enum Step {
        case prepare(PostgresCommand.Key)
        /// Of a command, and what it was prepared as.
        case answer(Int, PreparedStatement?)
        case other
    }

    private func receive(
        _ steps: [Step],
        of commands: [PostgresCommand],
        until end: ContinuousClock.Instant
    ) throws(PostgresFailure) -> [PostgresAnswer] {
        try takeOwed(until: end)
        var answers: [PostgresAnswer] = []
        answers.reserveCapacity(commands.count)
        var refusal: PostgresRefusal?
        for step in steps {
            let (statement, prepared): (String, PreparedStatement?) =
                switch step {
                case .prepare(let key): (key.text, nil)
                case .answer(let index, let prepared): (commands[index].text, prepared)
                case .other: ("", nil)
                }
            let answer = try receiveAnswer(to: statement, prepared, &refusal, until: end)
            switch step {
            case .prepare(let key): if answer == nil { self.prepared.forget(key) }
            case .answer: if let answer { answers.append(answer) }
            case .other: break
            }
        }
        if isUsable { try receiveSync(after: answers.last, &refusal, until: end) }
        if let refusal { throw .refused(refusal) }
        guard answers.count == commands.count else { throw .lost("its answers did not fit the questions") }
        return answers
    }

    /// nil when the statement was not run; notes the first refusal.
    private func receiveAnswer(
        to statement: String,
        _ prepared: PreparedStatement?,
        _ refusal: inout PostgresRefusal?,
        until end: ContinuousClock.Instant
    ) throws(PostgresFailure) -> PostgresAnswer? {
        var answer: PostgresAnswer?
        do throws(PostgresFailure) {
            var hasBegun = false
            while true {
                guard let result = try nextResult(until: end) else {
                    // Behind a round trip whose answers were thrown away there is one more break than answers.
                    if hasBegun { break }
                    continue
                }
                defer { PQclear(result) }
                hasBegun = true
                switch PQresultStatus(result) {
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                    var columns = prepared?.columns
                    answer = PostgresAnswer(result, columns: &columns)
                    prepared?.columns = columns
                case PGRES_PIPELINE_ABORTED: break
                default: refusal = refusal ?? PostgresRefusal(result, statement: statement)
                }
            }
        } catch {
            try endAfterCommit(answer, error)
            refusal = nil
        }
        return answer
    }

    private func receiveSync(
        after last: PostgresAnswer?,
        _ refusal: inout PostgresRefusal?,
        until end: ContinuousClock.Instant
    ) throws(PostgresFailure) {
        do throws(PostgresFailure) {
            while true {
                guard let result = try nextResult(until: end) else { continue }
                let isSync = PQresultStatus(result) == PGRES_PIPELINE_SYNC
                if !isSync { refusal = refusal ?? PostgresRefusal(result, statement: "") }
                PQclear(result)
                if isSync { return }
            }
        } catch {
            try endAfterCommit(last, error)
            // What the server said beside the commit was that it ends the connection.
            refusal = nil
        }
    }

    /// A commit that the server has confirmed is one, however the connection fails afterwards.
    private func endAfterCommit(_ answer: PostgresAnswer?, _ failure: PostgresFailure) throws(PostgresFailure) {
        guard answer?.tag == Self.commitTag else { throw failure }
        close()
    }

    private static let commitTag = "COMMIT"

    /// nil between the answers of two statements.
    private func nextResult(until end: ContinuousClock.Instant) throws(PostgresFailure) -> OpaquePointer? {
        while PQisBusy(connection) == 1 {
            let unsent = PQflush(connection)
            guard unsent >= 0 else { throw .lost(problem) }
            try waitOrLose(for: unsent == 1 ? POLLIN | POLLOUT : POLLIN, until: end)
            guard PQconsumeInput(connection) == 1 else { throw .lost(problem) }
        }
        let result = PQgetResult(connection)
        if result == nil, PQstatus(connection) != CONNECTION_OK { throw .lost(problem) }
        if let result, PQresultStatus(result) == PGRES_FATAL_ERROR, PQstatus(connection) != CONNECTION_OK {
            let refusal = PostgresRefusal(result, statement: "")
            PQclear(result)
            throw .lost(refusal.message.trimmedLine)
        }
        return result
    }

    private func prepare(_ command: PostgresCommand, as name: String) throws(PostgresFailure) {
        let types = command.types.map(\.oid)
        guard PQsendPrepare(connection, name, command.text, CInt(types.count), types) == 1 else { throw .lost(problem) }
    }

    /// `name` is that of a prepared statement.
    private func send(_ command: PostgresCommand, as name: String?) throws(PostgresFailure) {
        let parameters = PostgresParameters(command.values)
        let count = CInt(command.values.count)
        let isSent = parameters.withPointers { pointers in
            if let name {
                return PQsendQueryPrepared(
                    connection,
                    name,
                    count,
                    pointers,
                    parameters.lengths,
                    parameters.formats,
                    0
                )
            }
            let types = command.types.map(\.oid)
            return PQsendQueryParams(
                connection,
                command.text,
                count,
                types,
                pointers,
                parameters.lengths,
                parameters.formats,
                0
            )
        }
        guard isSent == 1 else { throw .lost(problem) }
    }

    private func waitOrLose(for events: Int32, until end: ContinuousClock.Instant) throws(PostgresFailure) {
        guard wait(for: events, until: end, beside: -1) != nil else {
            throw .lost("it did not answer in time")
        }
    }

    /// Whether the socket is ready; false when `other` can be read instead, nil when it is too late.
    private func wait(for events: Int32, until end: ContinuousClock.Instant, beside other: CInt) -> Bool? {
        let start = ContinuousClock.now
        while true {
            let left = troubles.silence(since: start, until: end) - .now
            guard left > .zero else { return nil }
            var sockets = [
                pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0),
                pollfd(fd: other, events: Int16(POLLIN), revents: 0),
            ]
            // Looked at again now and then, since the process may be told to end meanwhile.
            let milliseconds = min(Int(left / .milliseconds(1)) + 1, 500)
            let count = poll(&sockets, nfds_t(other >= 0 ? 2 : 1), Int32(milliseconds))
            if count == 0 || count < 0 && errno == EINTR { continue }
            // Not a socket any more: libpq says so itself when it is asked to go on.
            if count < 0 || sockets[0].revents != 0 { return true }
            if sockets[1].revents != 0 { return false }
        }
    }

    private var problem: String {
        let words = String(cString: PQerrorMessage(connection)).trimmedLine
        return words.isEmpty ? "the connection was cut" : words
    }
}

/// What another connection told with `NOTIFY`.
struct PostgresNotification: Hashable, Sendable {
    let channel: String
    let payload: String
}

extension [UnsafeMutablePointer<CChar>?] {
    /// As C's lists of texts are passed, with a null at the end.
    fileprivate mutating func withTerminator<T>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
        let pointers = map { UnsafePointer($0) } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
    }
}
