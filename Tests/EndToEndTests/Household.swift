import TestSupport

/// An installation whose first person has signed in and gets mail, ready to watch things.
struct Household {
    let program: RunningProgram
    let visitor: Visitor
    let rest: REST

    static let name = "ada@example.org"
    static let password = "correct horse battery staple"
    static let mailAddress = "ada@inbox.example"

    /// What every test here sets: no waiting between visits to the shop, which is on this machine.
    static func settings(mail port: Int? = nil) -> [String: String] {
        var settings = [
            "fetch.allowPrivateHosts": Shop.host, "fetch.hostPauseMilliseconds": "0", "fetch.hostConcurrency": "8",
        ]
        if let port {
            settings["smtp.url"] = "smtp://127.0.0.1:\(port)"
            settings["smtp.from"] = "Prices <prices@monitor.example>"
        }
        return settings
    }

    /// Making a password's hash is meant to be work; many at once would make each other late.
    private static let turns = Places(2)

    /// Makes the first account as a person does, with the link that `host user invite` prints, and a token for it.
    static func moveIn(_ program: RunningProgram) async throws -> Household {
        await turns.take()
        defer { turns.giveBack() }
        let visitor = Visitor(program)
        let link = try await program.command("user", "invite")
        let page = try await visitor.open(link)
        let home = try await visitor.submit(
            String(link.dropFirst(program.address.count)),
            on: page,
            ["name": name, "password": password]
        )
        guard home.status == 200, home.path == "/" else {
            throw Problem("The set-up form led to \(home.url) with status \(home.status):\n\(home.html)")
        }
        return try await comeBack(program)
    }

    /// The same person after a restart, with the cookies of before.
    static func comeBack(_ program: RunningProgram) async throws -> Household {
        let printed = try await program.command(
            "token",
            "create",
            "--account",
            name,
            "--name",
            "test",
            "--rights",
            "write"
        )
        guard let token = printed.split(whereSeparator: \.isWhitespace).last else {
            throw Problem("host token create printed nothing.")
        }
        return Household(
            program: program,
            visitor: Visitor(program),
            rest: REST(address: program.address, token: String(token))
        )
    }

    /// Adds a mail channel through its form.
    func addMailChannel() async throws {
        let page = try await visitor.open("/channels/new/email")
        let list = try await visitor.submit(
            "/channels/new/email",
            on: page,
            ["name": "My mail", "option.to": Self.mailAddress]
        )
        guard list.status == 200, list.path == "/channels" else {
            throw Problem("The channel's form led to \(list.url) with status \(list.status):\n\(list.html)")
        }
    }

    /// Presses the channel's test button.
    func tryMailChannel() async throws -> VisitedPage {
        let page = try await visitor.open("/channels")
        guard let channel = try await rest.call("GET", "/channels", as: REST.ChannelList.self).channels.first else {
            throw Problem("There is no channel to test.")
        }
        return try await visitor.submit("/channels/\(channel.id)/test", on: page)
    }

    /// Pastes an address, looks at the preview, saves it with a target; gives the product and what the preview said.
    func watch(_ address: String, target: String) async throws -> (product: REST.Product, preview: VisitedPage) {
        let start = try await visitor.open("/products/new")
        let preview = try await visitor.submit("/products/previews", on: start, ["address": address])
        guard let name = preview.form(preview.path)?.html.between("<input id=\"name\"", ">").first?.attribute("value")
        else {
            throw Problem("The preview offers nothing to save:\n\(preview.words)")
        }
        let interval = preview.form(preview.path)?.html.between("<option", ">").first { $0.contains(" selected") }
        let saved = try await visitor.submit(
            preview.path,
            on: preview,
            ["name": name, "target": target, "interval": interval?.attribute("value") ?? ""]
        )
        guard saved.status == 200, let id = saved.path.split(separator: "/").last, saved.path.hasPrefix("/products/")
        else { throw Problem("Saving led to \(saved.url) with status \(saved.status):\n\(saved.words)") }
        return (try await rest.product(String(id)), preview)
    }

    /// Watches the product at another shop beside the first.
    func addShop(_ address: String, to product: REST.Product) async throws {
        let start = try await visitor.open("/products/new?product=\(product.id)")
        let preview = try await visitor.submit("/products/previews", on: start, ["address": address])
        let interval = preview.form(preview.path)?.html.between("<option", ">").first { $0.contains(" selected") }
        let saved = try await visitor.submit(
            preview.path,
            on: preview,
            ["interval": interval?.attribute("value") ?? ""]
        )
        guard saved.status == 200, saved.path == "/products/\(product.id)" else {
            throw Problem("Adding a shop led to \(saved.url) with status \(saved.status):\n\(saved.words)")
        }
    }

    /// Sets in the form of a product's page that it is checked on workdays by day.
    func setWindow(_ product: REST.Product) async throws {
        guard let listing = product.listings.first else { throw Problem("\(product.name) has no listing.") }
        let path = "/products/\(product.id)"
        let days = Dictionary(uniqueKeysWithValues: ["mon", "tue", "wed", "thu", "fri"].map { ("day-\($0)", "yes") })
        let set = try await visitor.submit(
            "\(path)/listings/\(listing.id)/window",
            on: try await visitor.open(path),
            days.merging(["from": "08:00", "to": "20:00", "zone": "Europe/Berlin"]) { $1 }
        )
        guard set.words.contains("Mon–Fri 08:00–20:00, Europe/Berlin.") else {
            throw Problem("Setting the check times led to \(set.url) with status \(set.status):\n\(set.words)")
        }
    }

    /// Checks a product's one listing now.
    func check(_ product: REST.Product) async throws -> REST.Check {
        guard let listing = product.listings.first else { throw Problem("\(product.name) has no listing.") }
        return try await rest.check(listing)
    }
}
