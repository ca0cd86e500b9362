import Model
import SQL
import Store
import TestSupport
import Testing

/// That the statements which run all the time find their rows through an index.
@Suite(.timeLimit(.minutes(20)))
struct QueryPlanTests {
    struct Query: Sendable, CustomTestStringConvertible {
        let name: String
        let index: String
        let run: @Sendable (any Connection) throws -> Void

        var testDescription: String { name }

        init(_ name: String, uses index: String, _ run: @escaping @Sendable (any Connection) throws -> Void) {
            self.name = name
            self.index = index
            self.run = run
        }
    }

    private static let now = TestStore.start
    private static let listing = ID<Listing>("a")
    private static let account = ID<Account>("a")

    static let queries = [
        Query("takeDueListings", uses: "COVERING INDEX listing_by_due") {
            _ = try $0.takeDueListings(limit: 10, now: now, leaseEnd: now)
        },
        Query("windowZone", uses: "INDEX listing_by_window") { _ = try $0.windowZone(of: account) },
        Query("listings(url:)", uses: "INDEX listing_by_url") { _ = try $0.listings(url: "a") },
        Query("listings(of:)", uses: "INDEX listing_by_product") { _ = try $0.listings(of: ID("a")) },
        Query("pendingMessages", uses: "INDEX message_pending") {
            _ = try $0.pendingMessages(before: now, now: now, limit: 10)
        },
        Query("hasHeldMessages", uses: "INDEX message_held") { _ = try $0.hasHeldMessages() },
        Query("productsToTell", uses: "INDEX message_held") { _ = try $0.productsToTell(now: now, limit: 10) },
        Query("pendingMessages(about:)", uses: "INDEX message_by_product") {
            _ = try $0.pendingMessages(about: ID("a"), now: now)
        },
        Query("heldMessages(about:)", uses: "INDEX message_by_product") { _ = try $0.heldMessages(about: ID("a")) },
        Query("messages(about:)", uses: "INDEX message_by_product") { _ = try $0.messages(about: ID("a"), since: now) },
        Query("messages(on:)", uses: "INDEX message_by_channel") { _ = try $0.messages(on: ID("a"), limit: 10) },
        Query("lastRun", uses: "INDEX history_run_by_listing") { _ = try $0.lastRun(of: listing) },
        Query("knownListing", uses: "INDEX rule_by_product") {
            _ = try $0.knownListing(listing, job: "a", price: true, rules: true)
        },
        Query("acceptedPrices", uses: "INDEX history_run_by_listing") {
            _ = try $0.acceptedPrices(of: [listing, ID("b")], limit: 10)
        },
        Query("checks", uses: "INDEX check_log_by_listing") { _ = try $0.checks(of: listing, limit: 10) },
        Query("deleteChecks", uses: "INDEX check_log_by_time") { _ = try $0.deleteChecks(before: now, limit: 10) },
        Query("rules(of:)", uses: "INDEX rule_by_product") { _ = try $0.rules(of: ID("a")) },
        Query("rules(of:) of a page", uses: "INDEX rule_by_product") { _ = try $0.rules(of: [ID("a"), ID("b")]) },
        Query("listings(of:) of a page", uses: "INDEX listing_by_product") {
            _ = try $0.listings(of: [ID<Product>("a"), ID<Product>("b")])
        },
        Query("lowestPrices", uses: "INDEX history_run_by_price") {
            _ = try $0.lowestPrices(of: [ID("a"): try Money.sample(1).currency, ID("b"): try Money.sample(1).currency])
        },
        Query("countProductsAtTarget", uses: "COVERING INDEX rule_by_kind") {
            _ = try $0.countProductsAtTarget(of: account)
        },
        Query("countProducts, all", uses: "COVERING INDEX product_by_owner") {
            _ = try $0.countProducts(of: account)
        },
        Query("countProducts, failing", uses: "INDEX listing_by_failing") {
            _ = try $0.countProducts(of: account, ProductSelection(filter: .failing), limit: 10)
        },
        Query("countProducts", uses: "COVERING INDEX listing_by_address") {
            _ = try $0.countProducts(of: account, ProductSelection(search: "a"), limit: 10)
        },
        Query("countDoubts", uses: "INDEX history_run_doubted (doubt_owner_id=?)") {
            _ = try $0.countDoubts(of: account, limit: 10)
        },
        Query("doubts", uses: "INDEX history_run_doubted (doubt_owner_id=?)") {
            _ = try $0.doubts(of: account, limit: 10)
        },
        Query("lowestPrice(of:)", uses: "INDEX history_run_by_listing") {
            let euro = try Money.sample(1).currency
            _ = try $0.lowestPrice(of: ID("a"), in: euro, before: now, since: now)
        },
        Query("rules(of:) of an owner", uses: "INDEX rule_by_owner") { _ = try $0.rules(of: account, limit: 10) },
        Query("channels", uses: "INDEX channel_by_owner") { _ = try $0.channels(of: account) },
        Query("ownersWithNews (listings)", uses: "INDEX listing_by_failing") { _ = try $0.ownersWithNews() },
        Query("ownersWithNews (shops)", uses: "INDEX site_failing_by_state") { _ = try $0.ownersWithNews() },
        Query("failingListings", uses: "INDEX listing_by_failing") { _ = try $0.failingListings(of: account) },
        Query("watchedSites", uses: "COVERING INDEX listing_by_site") { _ = try $0.watchedSites(of: account) },
        Query("lastReads", uses: "INDEX listing_by_site") { _ = try $0.lastReads(of: account) },
        Query("lastAnswer", uses: "INDEX listing_by_site") { _ = try $0.lastAnswer(of: account) },
        Query("failingSites", uses: "INDEX sqlite_autoindex_site_failing_2") { _ = try $0.failingSites(of: account) },
        Query("lastPrice", uses: "INDEX history_run_by_listing") { _ = try $0.lastPrice(of: listing) },
        Query("unwellSites", uses: "INDEX site_unwell") { _ = try $0.unwellSites() },
        Query("site", uses: "INDEX sqlite_autoindex_site_1") { _ = try $0.site("a") },
        Query("countPlaces", uses: "INDEX site_place_by_site") { _ = try $0.countPlaces(at: "a", now: now) },
        Query("deleteSites", uses: "INDEX site_by_change") { _ = try $0.deleteSites(unchangedSince: now) },
        Query("countSignInFailures", uses: "INDEX sign_in_failure_by_subject") {
            _ = try $0.countSignInFailures(subject: "a", since: now, now: now)
        },
        Query("deleteSignInFailures", uses: "INDEX sign_in_failure_by_time") {
            try $0.deleteSignInFailures(before: now)
        },
        Query("hasDigestWork (due)", uses: "COVERING INDEX digest_by_next") { _ = try $0.hasDigestWork(now: now) },
        Query("hasDigestWork (open)", uses: "INDEX digest_run_open") { _ = try $0.hasDigestWork(now: now) },
        Query("dueDigests", uses: "INDEX digest_by_next") { _ = try $0.dueDigests(now: now) },
        Query("openDigestRuns", uses: "INDEX digest_run_open") { _ = try $0.openDigestRuns() },
        Query("lastReport", uses: "INDEX sqlite_autoindex_digest_run_2") { _ = try $0.lastReport(of: account) },
        Query("digestRuns", uses: "INDEX sqlite_autoindex_digest_run_2") {
            _ = try $0.digestRuns(of: account, limit: 10)
        },
        Query("hasUnchecked", uses: "INDEX listing_by_due") {
            _ = try $0.hasUnchecked(listingsOf: account, since: now, until: now)
        },
        Query("countUnchecked", uses: "INDEX listing_by_site") {
            _ = try $0.countUnchecked(listingsOf: account, since: now, until: now)
        },
        Query("makeDue", uses: "INDEX listing_by_site") {
            try $0.makeDue(listingsOf: account, notCheckedSince: now, now: now)
        },
        Query("activeListings", uses: "INDEX listing_by_product") {
            _ = try $0.activeListings(of: [ID<Product>("a"), ID<Product>("b")])
        },
        Query("products(of:after:)", uses: "INDEX product_by_age") {
            let last = Product(id: ID("a"), owner: account, name: "", image: nil, created: now)
            _ = try $0.products(of: account, after: last, limit: 10)
        },
        Query("acceptedPrices(since:)", uses: "INDEX history_run_by_listing") {
            _ = try $0.acceptedPrices(of: [listing, ID("b")], since: now)
        },
        Query("messageStates", uses: "INDEX sqlite_autoindex_message_2") {
            _ = try $0.messageStates(keys: ["a", "b"])
        },
        Query("manualReportSends", uses: "INDEX report_send_by_account") {
            _ = try $0.manualReportSends(of: account, after: now)
        },
        Query("deleteManualReports", uses: "INDEX manual_report_by_time") {
            try $0.deleteManualReports(before: now)
        },
        Query("deletePreviews", uses: "INDEX preview_by_time") { try $0.deletePreviews(before: now) },
        Query("digestsThatAreOn", uses: "INDEX sqlite_autoindex_digest_1") { _ = try $0.digestsThatAreOn() },
        Query("oldestDue", uses: "INDEX listing_by_due") { _ = try $0.oldestDue(now: now) },
        Query("oldestPendingMessage", uses: "INDEX message_pending") { _ = try $0.oldestPendingMessage(now: now) },
        Query("lead", uses: "INDEX sqlite_autoindex_leadership_1") {
            for _ in 1...2 { _ = try $0.lead("scheduler", as: "a", for: .seconds(1)) { _ in false } }
        },
        Query("mendFutureTimes", uses: "INDEX sqlite_autoindex_listing_1") { connection in
            let owner = Account(id: .make(at: now), name: "mender", created: now)
            try connection.insert(owner, password: "hash")
            let product = Product(id: .make(at: now), owner: owner.id, name: "a", image: nil, created: now)
            try connection.insert(product)
            try connection.insert(
                Listing(
                    id: .make(at: now),
                    product: product.id,
                    owner: owner.id,
                    address: try WebAddress("https://shop.test/a"),
                    interval: .hours(1),
                    due: now,
                    created: now
                )
            )
            let first = try connection.mendFutureTimes(now: now, longestLease: .minutes(1), limit: 10)
            #expect(first != nil)
            #expect(
                try connection.mendFutureTimes(now: now, longestLease: .minutes(1), after: first, limit: 10) == nil
            )
        },
        Query("offerTakenListings", uses: "INDEX listing_by_due") { try $0.offerTakenListings(now: now) },
        Query("postponeListings", uses: "INDEX listing_by_due") {
            try $0.postponeListings(dueAfter: now, by: .hours(1), now: now)
        },
        Query("owners(ofListings:)", uses: "INDEX sqlite_autoindex_listing_1") {
            _ = try $0.owners(ofListings: [listing, ID("b")])
        },
        Query("owners(ofMessages:)", uses: "INDEX sqlite_autoindex_message_1") {
            _ = try $0.owners(ofMessages: [ID("a"), ID("b")])
        },
    ]

    /// What a statement made itself is short.
    private static let own: Set = ["SCAN wanted", "SCAN selected", "SCAN 2 CONSTANT ROWS", "SCAN CONSTANT ROW"]

    private static func readsAWholeTable(_ step: String) -> Bool {
        step.hasPrefix("SCAN ") && !step.contains("INDEX") && !own.contains(step)
    }

    @Test(arguments: queries)
    func `uses its index and reads no whole table`(query: Query) async throws {
        try await TestStore.with(.sqlite) { store in
            let database = ExplainingDatabase(store.database)
            try await database.transaction(query.run)
            let plan = database.steps
            #expect(plan.contains { "\($0) ".contains(query.index + " ") }, "\(plan)")
            #expect(!plan.contains(where: Self.readsAWholeTable), "\(plan)")
        }
    }

    /// With whole tables made dear, PostgreSQL reads one only where no index serves.
    @Test(arguments: queries)
    func `reads no whole table on PostgreSQL either`(query: Query) async throws {
        try await TestStore.with(.postgres) { store in
            try await store.write { try $0.prepareHistory(from: Self.now, to: Self.now + .days(100)) }
            let database = ExplainingDatabase(store.database)
            try await database.transaction(query.run)
            #expect(database.statements > 0)
            #expect(!database.steps.contains { $0.contains("Seq Scan") }, "\(database.steps)")
        }
    }

    @Test(
        arguments: [
            (ProductSelection.Order.newest, Value.integer(1), "INDEX product_by_age"),
            (.name, .text("a"), "INDEX product_by_name"), (.changed, .integer(1), "INDEX product_by_change"),
        ],
        [false, true]
    )
    func `a page of products begins at its place in the index of its order and is not sorted`(
        order: (ProductSelection.Order, Value, String),
        backwards: Bool
    ) async throws {
        try await TestStore.with(.sqlite) { store in
            for selection in [ProductSelection(order: order.0), ProductSelection(order: order.0, search: "a")] {
                let database = ExplainingDatabase(store.database)
                try await database.read { connection in
                    _ = try connection.products(
                        of: Self.account,
                        selection,
                        beyond: ProductPlace(key: order.1, id: ID("a")),
                        backwards: backwards,
                        limit: 51
                    )
                }
                let plan = database.steps
                #expect(plan.contains { $0.contains("\(order.2) (owner_id=? AND ") }, "\(plan)")
                #expect(!plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }, "\(plan)")
            }
        }
    }
}
