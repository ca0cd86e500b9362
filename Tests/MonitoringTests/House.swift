import Extraction
import Logging
import Model
import Monitoring
import PluginAPI
import Queue
import SQL
import Store
import Synchronization
import TestSupport

/// All of monitoring on a real database and queue, with a shop and a notifier that tests steer.
final class House: Sendable {
    let clock: ManualClock
    /// What the clock was set by, beside the time that passed.
    private let jumped: Jumped
    let shop: Shop
    let post: Post
    let database: any Database
    let queue: any Queue
    let monitoring: Monitoring

    /// Lends a house with an empty database to `body`.
    ///
    /// `ahead` is by how much the process' own clock is ahead of the one that all share.
    static func with(
        settings: MonitoringSettings = .init(),
        ahead: Duration = .zero,
        _ body: (House) async throws -> Void
    ) async throws {
        let rooms = [(StoreSchema.room, StoreSchema.migrations), (QueueSchema.room, QueueSchema.migrations)]
        try await TestDatabase.with(rooms: rooms) { test in
            try await body(try House(database: test.database, settings: settings, ahead: ahead))
        }
    }

    /// The same house after the process died and was started again.
    func restarted(
        on database: any Database,
        settings: MonitoringSettings = .init(),
        zones: @escaping ZoneSource = TestZones.source
    ) throws -> House {
        try House(database: database, settings: settings, clock: clock, shop: shop, post: post, zones: zones)
    }

    private init(
        database: any Database,
        settings: MonitoringSettings,
        ahead: Duration = .zero,
        clock: ManualClock = ManualClock(),
        shop: Shop = Shop(),
        post: Post = Post(),
        zones: @escaping ZoneSource = TestZones.source
    ) throws {
        self.database = database
        self.clock = clock
        self.shop = shop
        self.post = post
        queue = DatabaseQueue(database: database, now: clock.reading, zones: zones)
        let start = clock.now
        let jumped = Jumped()
        self.jumped = jumped
        monitoring = Monitoring(
            database: database,
            queue: queue,
            registry: try Registry(scrapers: [], notifiers: [Bell.self]),
            reader: PageReader(scrapers: []),
            doors: PluginDoors(
                // The bell rings over HTTP; everything else is the shop.
                exchange: { request in
                    request.url.hasPrefix("https://bell.test/")
                        ? try await post.take(request) : try shop.answer(request)
                },
                mail: { _ in throw NotNow("There is no mail server in this test.") },
                logger: .quiet
            ),
            zones: zones,
            settings: settings,
            passwordCost: .least,
            elapsed: { clock.now - start - jumped.span.withLock { $0 } },
            now: { clock.now + ahead },
            dueClock: { _ in clock.now },
            logger: .quiet
        )
    }

    /// Sets the clock by hand; no time passes.
    func setClock(by span: Duration) {
        jumped.span.withLock { $0 += span }
        clock.advance(by: span)
    }

    /// An account of its own, who may do everything.
    func person(_ name: String = "ada") async throws -> Actor {
        let invitation = try await monitoring.accounts.invite()
        let session = try await monitoring.accounts.accept(
            invitation: invitation.secret,
            name: name,
            password: "correct horse battery"
        )
        guard let found = try await monitoring.accounts.session(secret: session.secret) else {
            throw RequestError.signInNeeded
        }
        return found.actor
    }

    /// A person with a bell and one product that is watched at `price`.
    func watched(price: String, target: String? = nil, channel: Bool = true) async throws -> Watched {
        let actor = try await person()
        if channel {
            _ = try await monitoring.channels.add(
                plugin: "bell",
                name: "Door",
                options: ["key": "secret-1"],
                as: actor
            )
        }
        shop.show(price: price)
        let preview = try await monitoring.watching.preview(Shop.address, as: actor)
        let product = try await monitoring.watching.save(
            preview.id,
            name: nil,
            target: target,
            interval: .hours(1),
            as: actor
        )
        let detail = try await monitoring.watching.product(product, as: actor)
        guard let listing = detail.listings.first?.listing.id else { throw RequestError.notFound("no listing") }
        return Watched(actor: actor, product: product, listing: listing)
    }

    private final class Jumped: Sendable {
        let span = Mutex(Duration.zero)
    }

    struct Watched: Sendable {
        let actor: Actor
        let product: ID<Product>
        let listing: ID<Listing>
    }

    func detail(_ watched: Watched) async throws -> ProductDetail {
        try await monitoring.watching.product(watched.product, as: watched.actor)
    }

    /// Moves the clock on and lets every due check run.
    func check(after span: Duration = .hours(1)) async throws {
        clock.advance(by: span)
        _ = try await monitoring.scheduling.enqueueDue(limit: 100)
        try await work()
    }

    /// Lets what fails be told and delivered.
    func tell() async throws {
        _ = try await monitoring.failures.tell()
        try await work()
    }

    /// Performs every job that is ready, as a worker does; gives their ends.
    @discardableResult
    func work() async throws -> [JobEnd] {
        var ends: [JobEnd] = []
        while true {
            // A test that ran out of time is cancelled, and then each job would be given back and taken again.
            try Task.checkCancellation()
            let jobs = try await queue.take(limit: 10, worker: "test")
            if jobs.isEmpty { return ends }
            for job in jobs {
                let end = await monitoring.jobs.perform(job)
                ends.append(end)
                try await queue.finish(job, end)
            }
        }
    }
}

/// A shop with one page.
final class Shop: Sendable {
    static let address = "https://shop.test/lamp"
    private let state = Mutex(State())

    private struct State {
        var answer: @Sendable (HTTPRequest) throws -> HTTPResponse = { _ in
            throw ExchangeError.unreachable("Nobody is there.")
        }
        var requests: [HTTPRequest] = []
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func answer(_ request: HTTPRequest) throws -> HTTPResponse {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answer
        }
        return try answer(request)
    }

    func respond(_ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse) {
        state.withLock { $0.answer = answer }
    }

    /// A product page as most shops make it; `price` is decimal text.
    func show(price: String, currency: String = "EUR", availability: String = "InStock", etag: String? = nil) {
        let page = """
            <!doctype html><html lang="en"><head><title>Desk lamp</title>
            <script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Desk lamp",
            "image":"https://shop.test/lamp.png","offers":{"@type":"Offer","price":"\(price)",
            "priceCurrency":"\(currency)","availability":"https://schema.org/\(availability)"}}</script></head>
            <body><h1>Desk lamp</h1><p class="price">\(price) \(currency)</p><button>Add to cart</button></body></html>
            """
        respond { request in
            if let etag, request.headers["If-None-Match"] == etag {
                return HTTPResponse(status: 304, headers: ["ETag": etag], url: request.url)
            }
            var headers: HTTPHeaders = ["Content-Type": "text/html; charset=utf-8"]
            headers["ETag"] = etag
            return HTTPResponse(status: 200, headers: headers, body: Array(page.utf8), url: request.url)
        }
    }

    func fail(status: Int) {
        respond { HTTPResponse(status: status, headers: ["Content-Type": "text/html"], url: $0.url) }
    }
}

/// What arrives at the bell.
final class Post: Sendable {
    private let state = Mutex(State())

    private struct State {
        var taken: [String] = []
        var status = 200
        /// Of single doors, by the key of their channel.
        var statuses: [String: Int] = [:]
    }
    private let hook = Mutex<(@Sendable () async -> Void)?>(nil)

    /// Is called each time after the bell has taken a message, before its answer is on the way.
    func whenTaken(_ body: (@Sendable () async -> Void)?) { hook.withLock { $0 = body } }

    /// What was taken, oldest first.
    private var taken: [[String]] {
        state.withLock { $0.taken }.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    }
    /// The idempotency key and subject of each message, oldest first.
    var messages: [String] { taken.map { $0.prefix(2).joined(separator: " ") } }
    var keys: [String] { taken.map { $0[0] } }
    var subjects: [String] { taken.map { $0[1] } }
    /// The subjects of what was told as true: a question about a doubt says that it is one.
    var told: [String] { subjects.filter { !$0.contains(": believe it? ") } }
    /// The sentences below the subject.
    var texts: [String] { taken.map { $0.dropFirst(2).joined(separator: "\n") } }
    /// Why each was sent; only of those that say so.
    var whys: [String] {
        taken.compactMap { $0.first { $0.hasPrefix(Bell.why) }.map { String($0.dropFirst(Bell.why.count)) } }
    }

    /// When the price of each was read, as it says.
    var reads: [String?] {
        taken.map { $0.first { $0.hasPrefix(Bell.read) }.map { String($0.dropFirst(Bell.read.count)) } }
    }

    func answer(with status: Int) { state.withLock { $0.status = status } }

    /// How one channel's messages are answered from now on.
    func answer(to key: String, with status: Int) { state.withLock { $0.statuses[key] = status } }

    func take(_ request: HTTPRequest) async throws -> HTTPResponse {
        let status = state.withLock { state in
            let status = state.statuses[request.headers["X-Key"] ?? ""] ?? state.status
            if status == 200 { state.taken.append(String(decoding: request.body, as: UTF8.self)) }
            return status
        }
        await hook.withLock { $0 }?()
        return HTTPResponse(status: status, url: request.url)
    }
}

/// A notifier for tests: sends key, subject and sentences in the body.
private struct Bell: Notifier {
    /// Begins the line that says why it was sent.
    fileprivate static let why = "Why: "
    static let id: PluginID = "bell"
    static let title = "Bell"
    static let summary = "Rings a bell in a test."
    static let options = [Option("key", "Opens the door.", kind: .secret, example: "abc")]
    /// Begins the line that says when the price was read.
    fileprivate static let read = "Read: "
    private let exchange: HTTPExchange
    private let key: String

    init(_ setup: PluginSetup) throws(SetupError) {
        guard setup["key"].hasPrefix("secret") else { throw SetupError("key", "must begin with “secret”") }
        key = setup["key"]
        exchange = setup.exchange
    }

    func send(_ message: Message) async throws {
        let why = message.why.map { ["\(Self.why)\($0)"] } ?? []
        let read = message.product?.readText.map { ["\(Self.read)\($0)"] } ?? []
        let lines = [message.idempotencyKey, message.subject] + message.lines + read + why
        let body = Array(lines.joined(separator: "\n").utf8)
        let answer = try await exchange(
            HTTPRequest(method: .post, url: "https://bell.test/ring", headers: ["X-Key": key], body: body)
        )
        switch answer.status {
        case 200: return
        case 500: throw NotNow("The bell is busy.")
        default: throw Refused("The bell answered \(answer.status).")
        }
    }
}
