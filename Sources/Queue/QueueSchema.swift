package import SQL

/// The tables of the database queue, oldest migration first.
///
/// A released migration is never edited.
package enum QueueSchema {
    package static let room = "queue"
    package static let migrations: [Migration] = [.m0001Jobs, .m0002Schedulers]
}
