import Model
import SQL
import Store
import Testing

@Suite(.timeLimit(.minutes(20)))
struct PeopleTests {
    @Test(arguments: TestStore.engines)
    func `an account is read back, with its hash only where it is asked for`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let ben = try await store.addAccount("ben")
            #expect(try await store.read { try $0.countAccounts() } == 2)
            #expect(try await store.read { try $0.accounts() } == [store.anna, ben])
            #expect(try await store.read { try $0.account(ben.id) } == ben)
            #expect(try await store.read { try $0.account(ID("nobody")) } == nil)
            let found = try #require(try await store.read { try $0.credentials(name: "ben") })
            #expect(found.account == ben)
            #expect(found.password == "hash of ben")
            #expect(try await store.read { try $0.credentials(name: "Ben") } == nil)
        }
    }

    @Test(arguments: TestStore.engines)
    func `a name is taken once`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let error = await #expect(throws: SQLError.self) { _ = try await store.addAccount("anna") }
            guard case .constraint = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let count = try await store.read { try $0.countAccounts() }
            #expect(count == 1)
        }
    }

    @Test(arguments: TestStore.engines)
    func `everything that an account owns goes with it, and nothing else`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let ben = try await store.addAccount("ben")
            for owner in [store.anna, ben] {
                let product = try await store.addProduct(of: owner)
                let listing = try await store.addListing(of: product)
                let price = try Money.sample(1999)
                let channel = Channel(
                    id: .make(at: TestStore.start),
                    owner: owner.id,
                    plugin: "email",
                    name: "Mail",
                    options: [:],
                    created: TestStore.start
                )
                try await store.write { connection in
                    try connection.insert(HistoryRun.sample(of: listing, minutes: 0, price: price))
                    try connection.insert(CheckRecord.sample(of: listing, job: "check-\(owner.name)"))
                    try connection.insert(Rule.sample(of: product, target: price))
                    try connection.insert(channel)
                    try connection.insert(OutboxMessage.sample(on: channel, key: owner.name))
                    try connection.insert(Preview.sample(of: owner, at: TestStore.start))
                    try connection.insertSession(
                        secretHash: "session of \(owner.name)",
                        account: owner.id,
                        formToken: "form",
                        now: TestStore.start,
                        expires: TestStore.start + .hours(1)
                    )
                    try connection.insert(Token.sample(of: owner), secretHash: "token of \(owner.name)")
                }
            }
            #expect(try await store.write { try $0.deleteAccount(name: "ben") })
            #expect(try await store.write { try $0.deleteAccount(name: "ben") } == false)
            for table in [
                "account", "product", "listing", "history_run", "check_log", "rule", "channel", "message", "preview",
                "session", "token",
            ] {
                let count = try await store.read { connection in
                    try connection.row(Statement(stringLiteral: "SELECT COUNT(*) AS n FROM \(table)"))?.int("n")
                }
                #expect(count == 1, "\(table)")
            }
        }
    }

    @Test(arguments: TestStore.engines)
    func `an invitation can be used once, until it expires`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let start = TestStore.start
            let end = start + .hours(1)
            let late = end - .milliseconds(1)
            try await store.write { connection in
                try connection.insertInvitation(secretHash: "one", now: start, expires: end)
                try connection.insertInvitation(secretHash: "two", now: start, expires: end)
            }
            #expect(try await store.read { try $0.hasInvitation(secretHash: "one", now: late) })
            #expect(try await store.read { try $0.hasInvitation(secretHash: "one", now: end) } == false)
            #expect(try await store.read { try $0.hasInvitation(secretHash: "other", now: start) } == false)
            #expect(try await store.write { try $0.takeInvitation(secretHash: "one", now: late) })
            #expect(try await store.write { try $0.takeInvitation(secretHash: "one", now: late) } == false)
            #expect(try await store.write { try $0.takeInvitation(secretHash: "two", now: end) } == false)
            try await store.write { try $0.insertInvitation(secretHash: "three", now: end, expires: end + .hours(1)) }
            let left = try await store.read { try $0.rows("SELECT secret_hash FROM invitation") }
            #expect(try left.map { try $0.text("secret_hash") } == ["three"])
        }
    }

    @Test(arguments: TestStore.engines)
    func `a session lasts until it expires or is ended`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let start = TestStore.start
            let end = start + .hours(1)
            try await store.write { [anna = store.anna] connection in
                for hash in ["one", "two"] {
                    try connection.insertSession(
                        secretHash: hash,
                        account: anna.id,
                        formToken: "form \(hash)",
                        now: start,
                        expires: end
                    )
                }
            }
            let found = try await store.read { try $0.session(secretHash: "one", now: end - .milliseconds(1)) }
            #expect(found?.account == store.anna)
            #expect(found?.formToken == "form one")
            #expect(try await store.read { try $0.session(secretHash: "one", now: end) } == nil)
            try await store.write { try $0.deleteSession(secretHash: "one") }
            #expect(try await store.read { try $0.session(secretHash: "one", now: start) } == nil)
            #expect(try await store.read { try $0.session(secretHash: "two", now: start) } != nil)
        }
    }

    @Test(arguments: TestStore.engines)
    func `expired sessions go when a new one comes`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let start = TestStore.start
            try await store.write { [anna = store.anna] connection in
                for (hash, hour) in [("old", 0), ("new", 1)] {
                    try connection.insertSession(
                        secretHash: hash,
                        account: anna.id,
                        formToken: "form",
                        now: start + .hours(hour),
                        expires: start + .hours(hour + 1)
                    )
                }
            }
            let left = try await store.read { try $0.rows("SELECT secret_hash FROM session") }
            #expect(try left.map { try $0.text("secret_hash") } == ["new"])
        }
    }

    @Test(arguments: TestStore.engines)
    func `a token is found by its hash until it is revoked`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let one = Token.sample(of: store.anna, rights: .read)
            let two = Token.sample(of: store.anna, rights: .write)
            try await store.write { connection in
                try connection.insert(one, secretHash: "hash 1")
                try connection.insert(two, secretHash: "hash 2")
            }
            #expect(Set(try await store.read { try $0.tokens() }) == [one, two])
            #expect(try await store.read { try $0.token(secretHash: "hash 1") } == one)
            #expect(try await store.write { try $0.deleteToken(one.id) })
            #expect(try await store.write { try $0.deleteToken(one.id) } == false)
            #expect(try await store.read { try $0.token(secretHash: "hash 1") } == nil)
            #expect(try await store.read { try $0.token(secretHash: "hash 2") } == two)
        }
    }

    @Test(arguments: TestStore.engines)
    func `failed sign-ins are counted by whom they concern and when they were`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let start = TestStore.start
            try await store.write { connection in
                for minute in 0..<3 {
                    try connection.insertSignInFailure(subject: "anna", now: start + .minutes(minute))
                }
                try connection.insertSignInFailure(subject: "192.0.2.7", now: start)
            }
            #expect(
                try await store.read {
                    try $0.countSignInFailures(subject: "anna", since: start, now: start + .days(9))
                } == 2
            )
            let before = start - .milliseconds(1)
            #expect(
                try await store.read {
                    try $0.countSignInFailures(subject: "anna", since: before, now: start + .days(9))
                } == 3
            )
            #expect(
                try await store.read {
                    try $0.countSignInFailures(subject: "192.0.2.7", since: before, now: start + .days(9))
                } == 1
            )
            try await store.write { try $0.deleteSignInFailures(before: start + .minutes(1)) }
            #expect(
                try await store.read {
                    try $0.countSignInFailures(subject: "anna", since: before, now: start + .days(9))
                } == 1
            )
            #expect(
                try await store.read {
                    try $0.countSignInFailures(subject: "192.0.2.7", since: before, now: start + .days(9))
                } == 0
            )
        }
    }
}
