import Model
import SQL
import Store
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ProductTests {
    @Test(arguments: TestStore.engines)
    func `a product is read back whole`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = Product(
                id: .make(at: TestStore.start),
                owner: store.anna.id,
                name: "Lamp “L” 🛒",
                image: "https://shop.example/lamp.png?a=1&b='2'",
                created: TestStore.start
            )
            try await store.write { try $0.insert(product) }
            #expect(try await store.read { try $0.product(product.id) } == product)
            #expect(try await store.read { try $0.product(ID("nothing")) } == nil)
        }
    }

    @Test(arguments: TestStore.engines)
    func `each owner has a list of their own, newest first`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let ben = try await store.addAccount("ben")
            let old = try await store.addProduct("Old")
            let new = try await store.addProduct("New", after: .seconds(1))
            let bens = try await store.addProduct("Ben's", of: ben)
            let owner = store.anna.id
            #expect(try await store.products(of: owner) == [new, old])
            #expect(try await store.products(of: ben.id) == [bens])
        }
    }

    @Test(arguments: TestStore.engines)
    func `a product can be renamed`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            let other = try await store.addProduct("Other")
            try await store.write { try $0.renameProduct(product.id, to: "Bulb") }
            #expect(try await store.read { try $0.product(product.id) }?.name == "Bulb")
            #expect(try await store.read { try $0.product(other.id) }?.name == "Other")
        }
    }

    @Test(arguments: TestStore.engines)
    func `what an import could not know is filled in, what a person sees stays`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let address = "https://shop.example/lamp"
            let imported = try await store.addProduct(address)
            let named = try await store.addProduct("My lamp")
            for product in [imported, named] {
                try await store.write { connection in
                    try connection.describeProduct(product.id, nameInsteadOf: address, name: nil, image: nil)
                }
                #expect(try await store.read { try $0.product(product.id) } == product)
                for title in ["Lamp", "Later title"] {
                    try await store.write { connection in
                        try connection.describeProduct(
                            product.id,
                            nameInsteadOf: address,
                            name: title,
                            image: "https://shop.example/\(title).png"
                        )
                    }
                }
            }
            #expect(try await store.read { try $0.product(imported.id) }?.name == "Lamp")
            #expect(try await store.read { try $0.product(named.id) }?.name == "My lamp")
            #expect(try await store.read { try $0.product(named.id) }?.image == "https://shop.example/Lamp.png")
        }
    }

    @Test(arguments: TestStore.engines)
    func `what hangs on a product goes with it`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let price = try Money.sample(1999)
            for name in ["Lamp", "Chair"] {
                let product = try await store.addProduct(name)
                let listing = try await store.addListing(name, of: product)
                try await store.write { connection in
                    try connection.insert(HistoryRun.sample(of: listing, minutes: 0, price: price))
                    try connection.insert(CheckRecord.sample(of: listing, job: "check-\(name)"))
                    try connection.insert(Rule.sample(of: product, target: price))
                }
                if name == "Lamp" { try await store.write { try $0.deleteProduct(product.id) } }
            }
            for table in ["product", "listing", "history_run", "check_log", "rule"] {
                let count = try await store.read { connection in
                    try connection.row(Statement(stringLiteral: "SELECT COUNT(*) AS n FROM \(table)"))?.int("n")
                }
                #expect(count == 1, "\(table)")
            }
        }
    }

    @Test(arguments: TestStore.engines)
    func `a rule is read back whole and keeps its state`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let ben = try await store.addAccount("ben")
            let product = try await store.addProduct()
            let bens = try await store.addProduct(of: ben)
            var rule = Rule.sample(of: product, target: try Money.sample(1500, "KWD"))
            let bensRule = Rule.sample(of: bens, target: try Money.sample(10))
            try await store.write { [rule] connection in
                try connection.insert(rule)
                try connection.insert(bensRule)
            }
            #expect(try await store.read { try $0.rules(of: product.id) } == [rule])
            let both = try await store.read { try $0.rules(of: [bens.id, product.id, ID("none")]) }
            #expect(Set(both) == [bensRule, rule])

            #expect(rule.see(.init(best: try Money.sample(1500, "KWD")), now: TestStore.start + .hours(1)) == .fire)
            try await store.write { [rule] in try $0.updateState(of: rule) }
            #expect(try await store.read { try $0.rules(of: product.id) } == [rule])

            try await store.write { try $0.deleteTargetPrices(of: product.id) }
            #expect(try await store.read { try $0.rules(of: product.id) } == [])
            #expect(try await store.read { try $0.rules(of: bens.id) } == [bensRule])
        }
    }

    @Test(arguments: TestStore.engines)
    func `a rule of each kind is read back whole`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let product = try await store.addProduct()
            let dollars = try Money.sample(500, "USD")
            let kinds: [Rule.Kind] = [
                .targetPrice(dollars), .dropPercent(15), .dropAmount(dollars), .lowest(days: 90), .lowest(days: nil),
                .backInStock, .change,
            ]
            let rules = kinds.enumerated().map { index, kind in
                Rule(
                    id: ID("rule-\(index)"),
                    owner: product.owner,
                    product: product.id,
                    kind: kind,
                    coolDown: index % 2 == 0 ? .hours(index + 1) : nil,
                    expires: index % 3 == 0 ? TestStore.start + .days(index + 1) : nil,
                    snoozedUntil: index % 2 == 1 ? TestStore.start + .hours(index) : nil,
                    state: index % 2 == 0 ? .armed : .fired,
                    since: TestStore.start,
                    firings: index,
                    lastFired: index == 0 ? nil : TestStore.start - .hours(index),
                    reference: index % 2 == 0 ? dollars : nil
                )
            }
            try await store.write { connection in for rule in rules { try connection.insert(rule) } }
            #expect(try await store.read { try $0.rules(of: product.id) } == rules)
            #expect(
                try await store.read { try $0.rules(of: product.owner, limit: 3) }
                    == rules.reversed().prefix(3).map(\.self)
            )
            try await store.write { connection in
                try connection.snooze(rules[0].id, until: TestStore.start + .days(9))
                try connection.deleteRule(rules[1].id)
                try connection.deleteTargetPrices(of: product.id)
            }
            #expect(try await store.read { try $0.rules(of: product.id) } == Array(rules[2...]))
            #expect(try await store.read { try $0.rule(rules[0].id) } == nil)
        }
    }

    @Test(arguments: TestStore.engines)
    func `quiet hours are read back, replaced and removed`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let night = try WeeklyHours(days: .workdays, from: 22 * 60, to: 7 * 60, zone: "Europe/Berlin")
            let noon = try WeeklyHours(days: .all, from: 720, to: 780, zone: "UTC")
            let owner = store.anna.id
            #expect(try await store.read { try $0.quietHours(of: owner) } == nil)
            for hours in [night, noon] {
                try await store.write { try $0.setQuietHours(hours, of: owner) }
                #expect(try await store.read { try $0.quietHours(of: owner) } == hours)
            }
            try await store.write { try $0.setQuietHours(nil, of: owner) }
            #expect(try await store.read { try $0.quietHours(of: owner) } == nil)
        }
    }

    @Test(arguments: TestStore.engines)
    func `a preview is read back whole until it is old`(engine: Engine) async throws {
        try await TestStore.with(engine) { store in
            let old = try Preview.sample(of: store.anna, at: TestStore.start)
            let new = try Preview.sample(of: store.anna, at: TestStore.start + .hours(1))
            try await store.write { connection in
                try connection.insert(old)
                try connection.insert(new)
            }
            #expect(try await store.read { try $0.preview(old.id) } == old)
            try await store.write { try $0.deletePreviews(before: TestStore.start + .hours(1)) }
            #expect(try await store.read { try $0.preview(old.id) } == nil)
            #expect(try await store.read { try $0.preview(new.id) } == new)
        }
    }
}
