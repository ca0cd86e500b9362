import FoundationEssentials
import Model

/// How a queue in Redis is used.
package struct RedisQueueSettings: Sendable {
    /// What all keys begin with; one in braces keeps them together in a cluster.
    package var prefix = "bull"
    /// Without `:`.
    package var name = "price-monitor-queue"
    /// How long a job is held without a renewal.
    package var lease: Duration = .seconds(30)
    /// How long a job's lock lasts at the server without a renewal; nil for as long as the lease.
    ///
    /// It is what other clients look at. Our own jobs are offered again after the lease, by a clock that nobody can set.
    package var lock: Duration?
    /// How soon jobs are noticed whose producer told nobody.
    package var pollInterval: Duration = .seconds(5)
    /// Of the failed jobs the newest ones are kept, and of the completed ones of producers that want them kept.
    package var keptFailures = 500
    package var keptCompleted = 1000
    /// The data of a job that has more bytes is not read: it is given up.
    package var mostData = 1_000_000
    /// How long what may be done twice is tried again while the server can't be reached.
    package var patience: Duration = .seconds(3)
    /// How long an answer may take before the connection counts as lost.
    package var longestSilence: Duration = .seconds(10)
    /// What people see in the list of clients beside the queue's name.
    package var worker = "host"

    package init() {}

    /// Begins as the names of BullMQ's workers do, so that its dashboards see ours.
    var clientName: String { "\(prefix):\(Data(name.utf8).base64EncodedString())" }

    /// What the keys begin with, the colon included.
    var keys: String { "\(prefix):\(name):" }
}
