import CPostgres

/// Where a PostgreSQL database is and how to get in: a URL or a list of keywords as libpq takes them.
///
/// What libpq reads besides – `PGPASSWORD`, `~/.pgpass`, a service file – works as with every PostgreSQL program.
package struct PostgresAddress: Sendable {
    /// How people name it: `shop@db.example:5432/prices`; holds no secret.
    package let name: String
    /// The name of the database on its server.
    package let database: String
    /// What libpq connects with, our own wishes first; the last of one keyword counts.
    let options: [(keyword: String, value: String)]
    /// Where it was given, as messages name it: `database.url`.
    let place: String

    /// The setting that holds the address of an installation's own database.
    package static let setting = "database.url"

    /// Throws `SQLError.open` when libpq can't read it; the message repeats nothing of it, since it may hold a password.
    ///
    /// `place` is where it was given.
    package init(_ text: String, from place: String = setting) throws(SQLError) {
        self.place = place
        var message: UnsafeMutablePointer<CChar>?
        guard let found = PQconninfoParse(text, &message) else {
            defer { PQfreemem(message) }
            throw .open(
                "The address of the database can't be read: \(Self.reason(message, in: text)) It must look like "
                    + "postgres://user:password@host:5432/database; of user and password each character that is not a "
                    + "letter or digit is written as % and two hexadecimal digits."
            )
        }
        defer { PQconninfoFree(found) }
        var given: [(keyword: String, value: String)] = []
        var next = found
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val { given.append((String(cString: keyword), String(cString: value))) }
            next += 1
        }
        let values = Dictionary(given.map { ($0.keyword, $0.value) }) { _, last in last }
        // Otherwise the rest of the password would be shown as the server's name.
        guard values["host"]?.contains("@") != true else {
            throw .open("The address of the database holds an @ too many: in user and password it is written as %40.")
        }
        options = Self.wishes + given
        database = values["dbname"] ?? values["user"] ?? ""
        name = Self.name(values)
    }

    /// Used where the address says nothing else: dead connections are noticed, and people who look into
    /// `pg_stat_activity` see who is there.
    private static let wishes = [
        ("application_name", "price-monitor"), ("connect_timeout", "5"), ("client_encoding", "UTF8"),
        ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "30000"),
    ].map { (keyword: $0.0, value: $0.1) }

    private init(name: String, database: String, options: [(keyword: String, value: String)], place: String) {
        (self.name, self.database, self.options, self.place) = (name, database, options, place)
    }

    /// How a password can be kept out of the address; completes a sentence.
    var fileWords: String { place == Self.setting ? ", or name a file with it in DATABASE_URL_FILE" : "" }

    /// The same server and user, and another database.
    package func with(database other: String) -> PostgresAddress {
        let kept = options.filter { $0.keyword != "dbname" }
        let values = Dictionary((kept + [("dbname", other)]).map { ($0.keyword, $0.value) }) { _, last in last }
        return PostgresAddress(
            name: Self.name(values),
            database: other,
            options: kept + [("dbname", other)],
            place: place
        )
    }

    private static func name(_ values: [String: String]) -> String {
        let user = values["user"].map { "\($0)@" } ?? ""
        let host = values["host"] ?? values["hostaddr"] ?? "localhost"
        let port = values["port"].map { ":\($0)" } ?? ""
        return "\(user)\(host)\(port)/\(values["dbname"] ?? values["user"] ?? "")"
    }

    /// libpq's words, unless they repeat what was given.
    private static func reason(_ message: UnsafeMutablePointer<CChar>?, in text: String) -> String {
        guard let message else { return "there is no memory for it." }
        let words = String(cString: message)
        // Quoted is what it stumbled over, which may be a part of the password.
        let quoted = words.split(separator: "\"", omittingEmptySubsequences: false)
        let isKeyword = words.hasPrefix("invalid URI query parameter")
        let shown = quoted.enumerated().map { $0.offset.isMultiple(of: 2) || isKeyword ? String($0.element) : "…" }
        return shown.joined(separator: "“").trimmedLine + "."
    }
}

extension String {
    /// The first line, without white space and full stop at its end.
    var trimmedLine: String {
        let line = split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return String(line.reversed().drop { $0.isWhitespace || $0 == "." }.reversed())
    }
}
