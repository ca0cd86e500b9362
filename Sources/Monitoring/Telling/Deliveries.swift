import Logging
import Model
import PluginAPI
import Queue
import SQL
import Store

/// Performs `deliver-message` jobs.
struct Deliveries: Sendable {
    let database: any Database
    let retelling: Retelling
    let registry: Registry
    let doors: PluginDoors
    let metrics: MonitoringMetrics
    let now: @Sendable () -> Timestamp
    private let turns = DeliveryTurns()

    init(
        database: any Database,
        retelling: Retelling,
        registry: Registry,
        doors: PluginDoors,
        metrics: MonitoringMetrics,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.database = database
        self.retelling = retelling
        self.registry = registry
        self.doors = doors
        self.metrics = metrics
        self.now = now
    }

    func perform(_ job: Job, notes: JobNotes) async throws -> JobEnd {
        guard let id = Outbox.message(in: job.payload) else {
            return .giveUp(why: "The payload of \(job.name) is not a JSON object with a “messageId”.")
        }
        // Before it is looked whether it was delivered: another job about the same message, as after the queue was
        // emptied, may be writing that down right now.
        let turn = turns.begin(id)
        guard turn != .busy else {
            // Or its lease ran out while this machine slept, and its first turn goes on now.
            return .tryAgain(why: "An earlier turn of the same delivery is still under way.", after: .seconds(30))
        }
        defer { turns.end(id) }
        let found = try await database.read { connection -> (OutboxMessage, Channel)? in
            guard let message = try connection.message(id), let channel = try connection.channel(message.channel)
            else { return nil }
            return (message, channel)
        }
        guard let (message, channel) = found else {
            notes.skip("The message went with its channel.")
            return .finished
        }
        guard try await isToBeSent(message, notes) else { return .finished }
        notes["message.id"] = "\(message.id)"
        notes["channel.id"] = "\(channel.id)"
        notes["plugin.id"] = "\(channel.plugin)"
        if turn == .free, let product = message.product, let why = try await retelling.whyUntrue(message) {
            try await retelling.retellUntrue(about: product)
            notes.did("Withdrew a message.")
            notes["outcome"] = "\(why)"
            return .finished
        }
        let end = turn == .delivered ? .finished : await deliver(message, on: channel)
        if end == .giveBack { return end }
        if end == .finished { turns.keep(id) }
        try await record(end, of: message, isLast: job.attempt >= job.attempts)
        turns.forget(id)
        metrics.delivered(by: channel.plugin, end)
        if end == .finished {
            notes.did("Delivered a message.")
            notes["outcome"] = "delivered"
        }
        return end
    }

    /// A refused one is, too: somebody who looks at the queue, be it by another program, let its job start over.
    private func isToBeSent(_ message: OutboxMessage, _ notes: JobNotes) async throws -> Bool {
        switch message.state {
        case .pending: return true
        case .delivered:
            notes.skip("The message was delivered before.")
            return false
        case .withdrawn:
            notes.skip("The message was withdrawn.")
            return false
        case .refused:
            guard message.problem != JobBoard.withdrawn,
                try await database.transaction({ try $0.offerAgain(message.id) })
            else {
                notes.skip("The message was withdrawn.")
                return false
            }
            return true
        }
    }

    private func deliver(_ message: OutboxMessage, on channel: Channel) async -> JobEnd {
        do {
            try await send(try MessageContent.decode(message), on: channel)
            return .finished
        } catch let error as Refused {
            return .giveUp(why: error.description)
        } catch let error as NotNow {
            return .tryAgain(why: error.description, after: error.retryAfter)
        } catch ExchangeError.refused(let why) {
            // Our own policy will not change its mind by waiting.
            return .giveUp(why: why)
        } catch is CancellationError {
            return .giveBack
        } catch {
            return .tryAgain(why: "\(error)")
        }
    }

    /// Sends at once, without the outbox.
    ///
    /// Throws what the notifier throws.
    func send(_ message: Message, on channel: Channel) async throws {
        guard let plugin = registry.notifier(PluginID(channel.plugin)) else {
            throw Refused("This version has no notifier “\(channel.plugin)”. “host plugins” prints those it has.")
        }
        let notifier: any Notifier
        do {
            notifier = try doors.make(plugin, values: channel.options)
        } catch let error as SetupError {
            throw Refused("The channel's options do not fit: \(error)")
        }
        var message = message
        message.attempted = now()
        try await notifier.send(message)
    }

    /// The receiver has it by now: what keeps us from writing that down is waited out for a while, and then remembered,
    /// for the price of forgetting is a second copy.
    private func record(_ end: JobEnd, of message: OutboxMessage, isLast: Bool) async throws {
        var wait = Duration.milliseconds(50)
        while true {
            do {
                return try await write(end, of: message, isLast: isLast)
            } catch  where wait < .seconds(5) {
                try await Task.sleep(for: wait)
                wait = wait * 2
            }
        }
    }

    private func write(_ end: JobEnd, of message: OutboxMessage, isLast: Bool) async throws {
        let now = now()
        try await database.transaction { connection in
            let (state, problem): (OutboxMessage.State, String?) =
                switch end {
                case .finished, .giveBack: (.delivered, nil)
                case .giveUp(let why): (.refused, why)
                case .tryAgain(let why, _): (isLast ? .refused : .pending, why)
                }
            let delivered = state == .delivered ? now : nil
            try connection.recordAttempt(of: message.id, state: state, delivered: delivered, problem: problem)
            try connection.setDelivery(delivered, problem: problem, of: message.channel)
        }
    }
}
