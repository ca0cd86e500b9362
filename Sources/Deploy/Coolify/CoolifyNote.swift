/// What the deployer writes into the description of a thing of its own, to find it again and to know what was done.
///
/// `pma-staging-1f3a9c web, deployed 0011aabbccddeeff, image 64 digits, before 64 digits`: letters, digits, dashes,
/// spaces and commas, all of which a description may have; with a mark of 60 characters it stays below the 255 that
/// Coolify keeps.
struct CoolifyNote: Hashable, Sendable {
    /// What a note may say, in this order.
    enum Entry: String, CaseIterable, Sendable {
        /// What a database was last started with, as `Stamp` says it.
        case started
        /// What an application was last deployed with, as `Stamp` says it.
        case deployed
        /// The digest of the image that it runs, 64 hexadecimal digits.
        case image
        /// The digest of the image that it ran before that one.
        case before
        /// Whether it runs that image because somebody went back to it.
        case back
    }

    /// Of the environment that the thing belongs to.
    let mark: String
    /// What it is there: `web`, `postgres`, `project`.
    let kind: String
    private var entries: [Entry: String] = [:]

    init(mark: String, kind: String) {
        self.mark = mark
        self.kind = kind
    }

    /// nil for a description that somebody else wrote.
    init?(_ description: String) {
        let parts = description.split(separator: ",").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
        guard let first = parts.first, first.count == 2 else { return nil }
        self.init(mark: first[0], kind: first[1])
        for part in parts.dropFirst() where part.count == 2 {
            if let entry = Entry(rawValue: part[0]) { entries[entry] = part[1] }
        }
    }

    subscript(_ entry: Entry) -> String? {
        get { entries[entry] }
        set { entries[entry] = newValue }
    }

    /// For the description.
    var text: String {
        let said = Entry.allCases.compactMap { entry in entries[entry].map { ", \(entry.rawValue) \($0)" } }
        return "\(mark) \(kind)" + said.joined()
    }

    func isOf(_ mark: String, _ kind: String) -> Bool { self.mark == mark && self.kind == kind }
}
