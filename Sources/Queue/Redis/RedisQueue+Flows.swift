import FoundationEssentials
import Model

/// A job whose end another one waits for.
package struct NewChild: Hashable, Sendable {
    /// What becomes of the parent when this job is given up; the words are BullMQ's.
    package enum Failure: String, CaseIterable, Sendable {
        /// The parent waits until this one was tried again, or was deleted.
        case waits = "waitsForever"
        /// The parent fails.
        case fails = "failParentOnFailure"
        /// The parent begins at once and can read why.
        case continues = "continueParentOnFailure"
        /// The parent waits for its other children only, and can read why.
        case ignores = "ignoreDependencyOnFailure"
        /// The parent waits for its other children only.
        case forgets = "removeDependencyOnFailure"
    }

    package var job: NewJob
    package var failure: Failure

    package init(_ job: NewJob, failure: Failure = .waits) { (self.job, self.failure) = (job, failure) }
}

extension RedisQueue {
    /// Adds a job that begins when all its children are done, and these, in one step; false when it is present.
    ///
    /// A child that waits or is worked on already goes on as it is. Throws `QueueError.invalid` where a job breaks a rule,
    /// is about something, or is the child of another one.
    @discardableResult
    package func addFlow(_ parent: NewJob, children: [NewChild]) async throws -> Bool {
        guard !children.isEmpty else { return try await add([parent]) == 1 }
        for job in [parent] + children.map(\.job) {
            try job.check()
            guard job.deduplication == nil else {
                throw QueueError.invalid(id: job.id, why: "a job of a flow can't say what it is about")
            }
        }
        let home = String(settings.keys.dropLast())
        var words = ["\(children.count + 1)"] + Self.words(parent, try JobOptions(parent, settings).text, "")
        for child in children {
            var options = JobOptions(child.job, settings)
            options.parent = JobOptions.Parent(id: parent.id, queue: home)
            var kept = ParentOfJob(id: parent.id, queueKey: home)
            switch child.failure {
            case .waits: break
            case .fails: (options.fpof, kept.fpof) = (true, true)
            case .continues: (options.cpof, kept.cpof) = (true, true)
            case .ignores: (options.idof, kept.idof) = (true, true)
            case .forgets: (options.rdof, kept.rdof) = (true, true)
            }
            words += Self.words(child.job, try options.text, try kept.text)
        }
        let result = try await run(.addFlow, words, isRepeatable: false).number ?? 0
        if result < 0 {
            throw QueueError.invalid(id: children[-result - 1].job.id, why: "it is the child of another job")
        }
        return result == 1
    }

    private static func words(_ job: NewJob, _ options: String, _ parent: String) -> [String] {
        [
            job.id, job.name.text, job.payload, options, "\(job.delay.wholeMilliseconds)", "\(job.priority)", parent,
        ]
    }
}

/// What a child keeps of its parent, as BullMQ writes it.
private struct ParentOfJob: Encodable {
    var id: String
    var queueKey: String
    var fpof: Bool?
    var cpof: Bool?
    var idof: Bool?
    var rdof: Bool?

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
