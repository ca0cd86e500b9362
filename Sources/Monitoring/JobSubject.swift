import Model
import SQL
import Store

/// What a job is about, as its id says it.
///
/// Jobs of other programs, and those of the whole installation, are about nothing that belongs to somebody.
enum JobSubject: Hashable, Sendable {
    case message(ID<OutboxMessage>)
    case listing(ID<Listing>)
    case account(ID<Account>)

    init?(job id: String) {
        // `repeat:<id of the scheduler>:<milliseconds>`
        let name = id.hasPrefix("repeat:") ? String(id.split(separator: ":").dropFirst().first ?? "") : id
        let subject =
            Self.id(in: name, "deliver-").map(Self.message) ?? Self.id(in: name, "digest-").map(Self.account)
            ?? Self.checked(name).flatMap { Self.id(in: $0, "check-") }.map(Self.listing)
        guard let subject else { return nil }
        self = subject
    }

    private static func id<Of>(in name: String, _ start: String) -> ID<Of>? {
        name.hasPrefix(start) ? ID(checking: name.dropFirst(start.count)) : nil
    }

    /// Without the time at its end, which tells one check of a listing from another, and the word before it of those
    /// that somebody asked for.
    private static func checked(_ name: String) -> String? {
        guard let last = name.lastIndex(of: "-"), Int(name[last...].dropFirst()) != nil else { return nil }
        let rest = String(name[..<last])
        return rest.hasSuffix("-now") ? String(rest.dropLast(4)) : rest
    }
}

extension Connection {
    /// Whose these are; what is gone belongs to nobody.
    func owners(of subjects: Set<JobSubject>) throws -> [JobSubject: ID<Account>] {
        var (messages, listings) = ([ID<OutboxMessage>](), [ID<Listing>]())
        var owners: [JobSubject: ID<Account>] = [:]
        for subject in subjects {
            switch subject {
            case .message(let id): messages.append(id)
            case .listing(let id): listings.append(id)
            case .account(let id): owners[subject] = id
            }
        }
        for (id, owner) in try self.owners(ofMessages: messages) { owners[.message(id)] = owner }
        for (id, owner) in try self.owners(ofListings: listings) { owners[.listing(id)] = owner }
        return owners
    }
}
