import Model
import Monitoring

@testable import Web

/// Every kind of page, full and empty.
enum SampleViews {
    static func frame(isFull: Bool = true) -> PageFrame {
        PageFrame(
            title: "A page",
            stylesheet: "/style.css",
            icon: "/icon.svg",
            live: isFull ? Assets().script.path : nil,
            version: "1.2.3",
            account: isFull ? .init(name: "mira", formToken: "token-of-the-session") : nil,
            isProducts: isFull,
            isAlerts: false,
            isChannels: false,
            notice: isFull ? "Saved." : nil,
            refresh: isFull ? "3" : nil
        )
    }

    static let token = "token-of-the-session"

    /// All views, by their template's name.
    static func all() throws -> [any PageView] {
        try entry() + products() + adding() + alerts() + telling() + reporting() + queue() + account()
    }

    static func entry() -> [any PageView] {
        let problem = "The name is taken."
        return [
            SetupView(
                frame: frame(isFull: false),
                isOpen: true,
                invitation: "secret",
                visitorToken: "v",
                name: "mira",
                nameProblem: problem,
                passwordProblem: "Too short."
            ),
            SetupView(
                frame: frame(isFull: false),
                isOpen: true,
                invitation: "secret",
                visitorToken: "v",
                name: "",
                nameProblem: nil,
                passwordProblem: nil
            ),
            SetupView(
                frame: frame(isFull: false),
                isOpen: false,
                invitation: "secret",
                visitorToken: "v",
                name: "",
                nameProblem: nil,
                passwordProblem: nil
            ),
            SignInView(
                frame: frame(isFull: false),
                visitorToken: "v",
                next: "/",
                name: "mira",
                problem: "Wrong.",
                isFirst: true
            ),
            SignInView(
                frame: frame(isFull: false),
                visitorToken: "v",
                next: "/",
                name: "",
                problem: nil,
                isFirst: false
            ),
            ErrorView(
                frame: frame(),
                code: "404",
                headline: "Not found",
                sentence: "Nothing.",
                reference: "01ab",
                back: "/",
                backText: "Back"
            ),
            ConfirmView(
                frame: frame(),
                formToken: token,
                headline: "Remove it?",
                sentence: "It is gone then.",
                action: "/remove",
                actionText: "Remove",
                back: "/"
            ),
            APIView(
                frame: frame(),
                origin: "https://prices.test",
                routes: [.init(method: "GET", path: "/api/v1/products", summary: "Lists", rights: "read")]
            ),
        ]
    }

    static func products() throws -> [any PageView] {
        let details: [(ProductDetail, ProductView.Entry)] = [
            (try Samples.detail(), .init(target: "x", problem: .invalid(field: "target", "Not a price."))),
            (try Samples.detail(.blocked), .init(name: "", problem: .invalid(field: "name", "No name."))),
            (try Samples.detail(.notFound, failing: Samples.failing(.notFound, .told)), .init()),
            (try Samples.detail(.timeout, failing: Samples.failing(.timeout, .failing)), .init()),
            (try Samples.detail(.ok, rules: [Samples.rule(.fired)], isChecking: true), .init()),
            (try Samples.detail(nil, rules: []), .init()),
            (try Samples.longWatched(), .init()),
            (try Samples.severalShops(), .init()),
            (try Samples.detail(window: Samples.window()), .init()),
            (
                try Samples.detail(rules: Samples.rules()),
                .init(
                    alert: AlertEntry(kind: "drop-percent", value: "200", coolDown: 3600, until: "2026-12-24"),
                    problem: .invalid(field: "value", "The fall must be a whole percent from 1 to 99.")
                )
            ),
            (
                try Samples.detail(),
                .init(
                    window: .init(
                        listing: Samples.listing,
                        window: WeeklyHoursEntry(days: ["sat"], from: "", to: "25:00", zone: "Berlin")
                    ),
                    problem: .invalid(field: "zone", "There is no time zone “Berlin”.")
                )
            ),
        ]
        return try [
            ProductsView(
                ProductList(products: [], first: 0, count: 0, total: 0, atTarget: 0),
                now: Samples.now,
                frame: frame(),
                formToken: token
            ),
            ProductsView(
                ProductList(
                    selection: ProductSelection(search: "gone"),
                    products: [],
                    first: 0,
                    count: 0,
                    total: 3,
                    atTarget: 0
                ),
                now: Samples.now,
                frame: frame(),
                formToken: token
            ),
            ProductsView(
                ProductList(
                    selection: ProductSelection(order: .name, filter: .failing, search: "lamp & more"),
                    products: [Samples.summary(), Samples.newSummary()],
                    first: 51,
                    count: 10_000,
                    isCounted: false,
                    total: 100_204,
                    atTarget: 1,
                    next: "name.f.53.01ab.bGFtcA",
                    previous: "name.b.50.01ab.bGFtcA"
                ),
                failing: [
                    FailingShop(
                        site: "shop.test",
                        outcome: .blocked,
                        since: Samples.now - .days(3),
                        failing: 12,
                        watched: 14
                    )
                ],
                doubts: 2,
                broken: ["Mail <me>"],
                now: Samples.now,
                frame: frame(),
                formToken: token
            ),
        ] + details.map { detail, entry in product(detail, entry) }
    }

    static func product(_ detail: ProductDetail, _ entry: ProductView.Entry = .init()) -> ProductView {
        ProductView(
            detail,
            entry: entry,
            intervals: Samples.intervals,
            now: Samples.now,
            frame: frame(),
            formToken: token
        )
    }

    static func adding() throws -> [any PageView] {
        let conflict = RequestError.conflict("You watch it already.", existing: "lamp")
        let entries: [(Reading, PreviewView.Entry)] = [
            (try Samples.reading(), .init(interval: .hours(6), problem: .invalid(field: "target", "Not a price."))),
            (try Samples.reading(), .init(interval: .hours(6), problem: .invalid(field: "name", "No name."))),
            (try Samples.reading(), .init(interval: .hours(6), problem: conflict)),
            (Reading(outcome: .blocked, note: "A challenge."), .init(interval: .hours(6))),
            (Reading(outcome: .ok, title: "Lamp"), .init(interval: .minutes(7))),
        ]
        return try [
            AddView(frame: frame(), formToken: token, joined: nil, address: "", problem: nil, existing: nil),
            AddView(
                frame: frame(),
                formToken: token,
                joined: JoinedProduct(Samples.lamp(name: "A <b>lamp</b>")),
                address: "x",
                problem: "No address.",
                existing: "/products/lamp"
            ),
            preview(
                Samples.reading(),
                .init(interval: .hours(6)),
                joined: JoinedProduct(Samples.lamp(name: "A <b>lamp</b>"))
            ),
        ] + entries.map { try preview($0, $1) }
    }

    static func preview(
        _ reading: Reading,
        _ entry: PreviewView.Entry,
        joined: JoinedProduct? = nil
    ) throws -> PreviewView {
        PreviewView(
            try Samples.preview(reading),
            joined: joined,
            entry: entry,
            intervals: Samples.intervals,
            frame: frame(),
            formToken: token
        )
    }

    static func telling() -> [any PageView] {
        let kinds = [ChannelsView.KindRow(Samples.kind)]
        let channels = [ChannelRow(Samples.channel(), now: Samples.now)]
        return [
            ChannelsView(frame: frame(), formToken: token, isEmpty: true, channels: [], kinds: kinds),
            ChannelsView(frame: frame(), formToken: token, isEmpty: false, channels: channels, kinds: kinds),
            channelPage(MessageLog(messages: [], next: nil), isFirst: true),
            channelPage(
                MessageLog(messages: Samples.channel().messages + [Samples.retried], next: "1.message"),
                isFirst: false
            ),
            channelForm(nil),
            channelForm(nil, obstacle: "There is no <mail server>."),
            channelChange(nil),
            channelChange(.invalid(field: "subjectTemplate", "No placeholder.")),
            channelChange(.invalid(field: "textTemplate", "No placeholder.")),
            channelForm(.invalid(field: "name", "No name.")),
            channelForm(.invalid(field: "option.url", "No address.")),
            channelForm(.invalid(field: "plugin", "No such plugin.")),
        ]
    }

    static func alerts() throws -> [any PageView] {
        let (lamp, now) = (Samples.lamp(name: "A <b>lamp</b>"), Samples.now)
        let runs = [
            try Samples.run("r1", daysAgo: 1, price: 450, standing: .suspect),
            try Samples.run("r2", daysAgo: 2, price: nil, standing: .suspect),
        ]
        let doubts = try runs.map { run in
            Doubt(
                run: run,
                listing: try Samples.watched(),
                product: lamp,
                believed: run.price == nil ? nil : try Samples.euro(4500)
            )
        }
        let entry = WeeklyHoursEntry(days: ["mon"], from: "22:00", to: "22:00", zone: "Berlin")
        let problem = RequestError.invalid(field: "zone", "There is no time zone “Berlin”.")
        let views: [([Doubt], [Rule], QuietView)] = [
            ([], [], QuietView(nil, entry: nil, problem: nil, zone: "UTC")),
            (doubts, try Samples.rules(), QuietView(try Samples.window(), entry: nil, problem: nil, zone: "UTC")),
            (
                [], Array(repeating: try Samples.rule(), count: Alerts.mostListed),
                QuietView(nil, entry: nil, problem: nil, zone: "UTC")
            ),
            ([], [try Samples.rule()], QuietView(nil, entry: entry, problem: problem, zone: "UTC")),
        ]
        let changed = try Samples.rules().map { rule in
            AlertView(
                rule,
                product: lamp,
                from: "alerts",
                typed: nil,
                problem: nil,
                now: now,
                frame: frame(),
                formToken: token
            )
        }
        let typed = AlertView(
            try Samples.rule(),
            product: lamp,
            from: "https://evil.test",
            typed: AlertEntry(kind: "lowest", value: "\"<b>", coolDown: 90, until: "soon"),
            problem: .invalid(field: "value", "The <days> must be a number."),
            now: now,
            frame: frame(),
            formToken: token
        )
        return changed + [typed]
            + views.map { doubts, rules, quiet in
                AlertsView(
                    doubts: doubts,
                    rules: rules.map { ($0, lamp) },
                    quiet: quiet,
                    broken: doubts.isEmpty ? [] : ["Mail", "Door"],
                    now: now,
                    frame: frame(),
                    formToken: token
                )
            }
    }

    static func queue() -> [any PageView] {
        func job(_ problem: String?, worker: String? = nil) -> JobBoard.Job {
            JobBoard.Job(
                id: "check-01J-<1795435200000>",
                name: "check-price",
                added: Samples.now,
                attemptsMade: problem == nil ? 0 : 2,
                attempts: 3,
                due: problem == nil ? Samples.now : nil,
                ended: problem == nil ? nil : Samples.now,
                worker: worker,
                problem: problem
            )
        }
        func page(_ state: JobBoard.State, _ jobs: [JobBoard.Job], count: Int, number: Int = 1) -> JobBoard.Page {
            JobBoard.Page(
                counts: [state: count],
                state: state,
                jobs: jobs,
                others: number > 1 ? number : 0,
                number: number,
                pausedSince: number > 1 ? Samples.now : nil,
                schedules: number > 1
                    ? [.init(name: "maintenance-tidy", next: Samples.now), .init(name: "tea", next: nil)] : []
            )
        }
        return [
            page(.waiting, [], count: 0), page(.delayed, [job(nil)], count: 1),
            page(.active, [job(nil, worker: "worker-<1>")], count: 1),
            page(.failed, [job("No <b>price</b>.")], count: 60, number: 2),
        ].map { QueueView($0, now: Samples.now, frame: frame(), formToken: token) }
    }

    private static func channelForm(_ problem: RequestError?, obstacle: String? = nil) -> ChannelFormView {
        let kind = ChannelKind(
            id: Samples.kind.id,
            title: Samples.kind.title,
            summary: Samples.kind.summary,
            options: Samples.kind.options,
            obstacle: obstacle
        )
        return ChannelFormView(
            kind,
            entry: .init(name: "Pager", problem: problem),
            frame: frame(),
            formToken: token
        )
    }

    private static func channelChange(_ problem: RequestError?) -> ChannelFormView {
        ChannelFormView(
            Samples.kind,
            changing: Samples.channel(),
            entry: .init(name: "Pager", wording: .init(subject: "{{product}}"), problem: problem),
            preview: problem == nil ? WordingPreview(subject: "Desk lamp", lines: ["It costs €39.00."]) : nil,
            frame: frame(),
            formToken: token
        )
    }

    private static func channelPage(_ log: MessageLog, isFirst: Bool) -> ChannelView {
        ChannelView(
            Samples.channel(),
            log: log,
            isFirst: isFirst,
            now: Samples.now,
            frame: frame(),
            formToken: token
        )
    }
}
