package import SQL

/// The tables of the domain, oldest migration first.
///
/// A released migration is never edited.
package enum StoreSchema {
    package static let room = "store"
    package static let migrations: [Migration] = [
        .m0001FirstTables, .m0002Sites, .m0003Failing, .m0005Digest, .m0006ProductLists, .m0007Windows, .m0008Quarters,
        .m0009ImportPosition, .m0010FewerIndexes, .m0011Leadership, .m0012Alerts, .m0013Digests, .m0014Wording,
        .m0015DoubtOwner, .m0016MessageGround,
    ]
}
