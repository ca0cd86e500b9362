import FoundationEssentials
import Testing
import TestSupport

/// The pages in a real browser: on phone and desktop, light and dark, without a complaint of the browser.
///
/// `SCREENSHOTS=docs/screenshots` keeps the pictures (docs and README show them), `SCREENSHOTS_WHOLE=1` takes whole
/// pages instead of what fits on the screen.
@Suite(.timeLimit(.minutes(20)))
struct ScreenshotTests {
    @Test
    func `every page fits each screen, keeps to its colours, and breaks no rule of the browser`() async throws {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        var settings = Household.settings(mail: sink.port)
        settings["fetch.allowPrivateHosts"] = "\(Shop.host),lamp-house.localhost"
        let installation = try Installation(settings)
        let products = try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            var products: [REST.Product] = []
            for item in Self.items.reversed() {
                products.append(try await home.watch(shop.put(item.page, at: item.path), target: item.target).product)
            }
            return Array(products.reversed())
        }
        var pasts: [String: Past] = [:]
        for (item, product) in zip(Self.items, products) {
            for listing in product.listings { pasts[listing.id] = Past(steps: item.past) }
        }
        try await Past.write(pasts, to: installation.databasePath)

        let preview = shop.put(Self.previewed, at: "/drill")
        try await installation.run { program in
            let home = try await Household.comeBack(program)
            #expect(try await home.tryMailChannel().status == 200)
            let digest = try await home.visitor.open("/digest")
            _ = try await home.visitor.submit(
                "/digest",
                on: digest,
                [
                    "isOn": "yes", "rhythm": "weekly", "time": "08:30", "weekday": "mon", "pattern": "",
                    "zone": "Europe/Berlin", "allChannels": "yes",
                ]
            )
            _ = try await home.visitor.submit("/digest/test", on: digest)
            _ = try await sink.received(2)
            let start = try await home.visitor.open("/products/new")
            let looked = try await home.visitor.submit("/products/previews", on: start, ["address": preview])
            try await Self.addAlerts(home, products)
            _ = shop.put(Self.slipped, at: "/backpack")
            _ = try await home.check(products[4])
            let alert = try #require(try await home.rest.call("GET", "/alerts", as: AlertList.self).alerts.last).id
            let pages = [
                "products": "/", "product": "/products/\(products[0].id)", "preview": looked.path,
                "channels": "/channels", "alerts": "/alerts", "digest": "/digest", "queue": "/queue?state=delayed",
                "channel-form": "/channels/new/ntfy", "account": "/account", "alert": "/alerts/\(alert)",
            ]
            let list = try await home.rest.call("GET", "/channels", as: REST.ChannelList.self)
            let channel = try #require(list.channels.first).id
            let cookie = try home.visitor.cookie("session") ?? ""
            try await Browser.run(pictures: Drawing.svg) { browser in
                try await browser.setCookie("session", cookie, for: program.address)
                for (name, path) in pages.sorted(by: { $0.key < $1.key }) {
                    try await Self.look(at: program.address + path, named: name, in: browser)
                }
                try await home.setWindow(products[0])
                try await Self.look(
                    at: "\(program.address)/products/\(products[0].id)",
                    named: "check-times",
                    opening: "details:has([type=time])",
                    in: browser
                )
                try await Self.look(at: "\(program.address)/channels/\(channel)", named: "channel", in: browser)
                try await Self.look(
                    at: "\(program.address)/channels/\(channel)/change",
                    named: "channel-change",
                    opening: "details",
                    in: browser
                )
                try await home.addShop(
                    shop.put(Self.items[1].page, at: "/lamp-again", of: "lamp-house"),
                    to: products[1]
                )
                try await Self.look(at: "\(program.address)/products/\(products[1].id)", named: "shops", in: browser)
                let form = try await home.visitor.open("/digest")
                let report = try await home.visitor.submit("/digest/preview", on: form)
                try await Self.look(at: program.address + report.path, named: "report", in: browser)
                try await Self.look(
                    at: "\(program.address)\(report.path)/mail",
                    named: "report-mail",
                    colouring: "document.body",
                    in: browser
                )
                let courses = "[...document.images].filter(image => image.src.startsWith('data:image/png')).length"
                #expect(try await browser.evaluate(courses) != "0", "The courses are pictures.")
                #expect(browser.complaints == [])
            }
        }
    }

    private static func addAlerts(_ home: Household, _ products: [REST.Product]) async throws {
        let alerts = [("drop-percent", "15", "2027-01-31"), ("lowest", "90", ""), ("back-in-stock", "", "")]
        for (kind, value, until) in alerts {
            let path = "/products/\(products[0].id)"
            let fields = ["kind": kind, "value": value, "until": until]
            let page = try await home.visitor.submit("\(path)/alerts", on: home.visitor.open(path), fields)
            #expect(page.words.contains("The alert is set."))
        }
    }

    /// Shows a page on every screen and judges what there is to judge without eyes.
    ///
    /// `part` selects something that a person would open and look at first, `ground` is what has the page's colour.
    static func look(
        at address: String,
        named name: String,
        opening part: String? = nil,
        colouring ground: String = "document.documentElement",
        in browser: Browser
    ) async throws {
        var colours: [Bool: String] = [:]
        for screen in Screen.all {
            try await browser.use(screen)
            try await browser.open(address)
            let place = "\(name) on \(screen.name)"
            #expect(try await browser.evaluate("location.pathname") != "/sign-in", "\(place)")
            if let part {
                let open = "(part => { part.open = true; part.scrollIntoView({block: 'center'}); return part.open })"
                #expect(try await browser.evaluate("\(open)(document.querySelector('\(part)'))") == "true", "\(place)")
            }
            let width = try await browser.evaluate("document.documentElement.scrollWidth")
            #expect(Int(width) ?? .max <= screen.width, "\(place) is wider than the screen.")
            let broken = "[...document.images].filter(image => image.complete && !image.naturalWidth).length"
            #expect(try await browser.evaluate(broken) == "0", "\(place) has pictures that are not there.")
            #expect(try await browser.evaluate(askew) == "[]", "\(place) has columns that stand beside their heads.")
            colours[screen.isDark] = try await browser.evaluate("getComputedStyle(\(ground)).backgroundColor")

            let isWhole = ProcessInfo.processInfo.environment["SCREENSHOTS_WHOLE"] != nil
            let picture = try await browser.screenshot(whole: isWhole)
            // A page with nothing on it compresses to a few kilobytes.
            #expect(picture.count > 15_000, "\(place) shows nothing.")
            #expect(picture.starts(with: [0x89, 0x50, 0x4e, 0x47]), "\(place) is no PNG.")
            try keep(picture, "\(name)-\(screen.name).png")
        }
        #expect(colours[true] != colours[false], "\(name) looks the same in the dark.")
    }

    /// The heads of tables below which no column begins or ends; on the phone rows are cards, and nothing has a head.
    private static let askew = """
        JSON.stringify([...document.querySelectorAll('table')].flatMap(table => {
            const head = table.tHead?.rows[0], row = table.tBodies[0]?.rows[0];
            if (!head || !row || getComputedStyle(row).display != 'table-row') return [];
            return [...head.cells].filter((cell, column) => {
                const [over, under] = [cell, row.cells[column]].map(cell => cell.getBoundingClientRect());
                return Math.abs(over.left - under.left) > 1 || Math.abs(over.right - under.right) > 1;
            }).map(cell => cell.textContent);
        }))
        """

    private static func keep(_ picture: Data, _ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try picture.write(to: URL(filePath: "\(folder)/\(name)"))
    }

    private struct AlertList: Decodable {
        let alerts: [Alert]

        struct Alert: Decodable {
            let id: String
        }
    }

    private struct Item {
        let path: String
        let page: ShopPage
        let target: String
        let past: [Past.Step]
    }

    private static func picture(_ name: String) -> String { "https://pictures.example/\(name).svg" }

    private static let previewed = ShopPage(
        name: "Cordless Drill 18 V with Case",
        price: "129.00",
        picture: picture("drill")
    )

    /// With its decimal point two places off.
    private static let slipped = ShopPage(name: "Backpack 28 l", price: "0.90", picture: picture("backpack"))

    /// As the list shows them.
    private static let items = [
        Item(
            path: "/kettle",
            page: ShopPage(name: "Enamel Kettle, 2 Litres, Blue", price: "44.90", picture: picture("kettle")),
            target: "42",
            past: [
                .init(118, 5990), .init(96, 5490), .init(81, 5990), .init(63, 5290), .init(47, 4690), .init(39, nil),
                .init(33, 5290), .init(21, 529, doubt: "The next look read €49.90."), .init(20.9, 4990),
                .init(9, 4790), .init(3, 4590),
            ]
        ),
        Item(
            path: "/lamp",
            page: ShopPage(
                markup: .microdata,
                name: "Reading Lamp “North”",
                price: "79.00",
                currency: "GBP",
                picture: picture("lamp")
            ),
            target: "85",
            past: [.init(90, 9900), .init(52, 9500), .init(30, 8900), .init(11, 8400)]
        ),
        Item(
            path: "/headphones",
            page: ShopPage(
                markup: .meta,
                name: "Wireless Headphones with Noise Cancelling",
                price: "248.00",
                currency: "USD",
                picture: picture("headphones")
            ),
            target: "199",
            past: [.init(75, 22900), .init(60, 24900), .init(44, 19900), .init(36, 22900), .init(14, 23900)]
        ),
        Item(
            path: "/chair",
            page: ShopPage(name: "Garden Chair", price: "64.50", isInStock: false, picture: picture("chair")),
            target: "60",
            past: [.init(40, 6950), .init(22, 6450)]
        ),
        Item(
            path: "/backpack",
            page: ShopPage(name: "Backpack 28 l", price: "90.00", picture: picture("backpack")),
            target: "",
            past: [.init(25, 9000)]
        ),
    ]
}
