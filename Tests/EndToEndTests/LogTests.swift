import FoundationEssentials
import TestSupport
import Testing

/// The log of the real binary.
@Suite(.timeLimit(.minutes(20)))
struct LogTests {
    /// One line, as far as these tests ask.
    private struct Line: Decodable {
        let timestamp: String
        let level: String
        let message: String
        let outcome: String?
        let requestID: String?
        let jobID: String?
        let jobName: String?
        let listingID: String?
        let route: String?
        let milliseconds: Int?

        enum CodingKeys: String, CodingKey {
            case timestamp, level, message, outcome
            case requestID = "request.id"
            case jobID = "job.id"
            case jobName = "job.name"
            case listingID = "listing.id"
            case route = "http.route"
            case milliseconds = "took.milliseconds"
        }
    }

    /// A day of a household: an account, a product that gets cheap, mail that needs a password, a webhook that nobody
    /// answers; gives what the program wrote and what nobody may read there.
    private func day(_ settings: [String: String]) async throws -> (log: [String], secrets: [String: String]) {
        let mailPassword = "Tr1cky-Mail-Word"
        var options = SMTPSink.Options()
        options.login = "poster:\(mailPassword)"
        let (shop, sink) = (try Shop(), try await SMTPSink(options))
        var all = Household.settings(mail: sink.port).merging(settings) { $1 }
        all["smtp.url"] = "smtp://poster:\(mailPassword)@127.0.0.1:\(sink.port)"
        let installation = try Installation(all)
        var page = ShopPage(name: "Enamel Kettle", price: "49.90")
        let secretPath = "/kettle?cart=Sh0p-Query-Word"
        let address = shop.put(page, at: secretPath)
        var secrets = [
            "the mail server's password": mailPassword, "the person's password": Household.password,
            "the query of an address": "Sh0p-Query-Word", "the webhook's signing secret": "S1gning-Word-of-Webhook",
            "the webhook's address": "H00k-Path-Word",
        ]
        let (log, found) = try await installation.run { program in
            var secrets: [String: String] = [:]
            let home = try await Household.moveIn(program)
            secrets["the token"] = home.rest.token
            secrets["the session"] = try home.visitor.cookie("session")
            secrets["an invitation"] = (try await program.command("user", "invite")).split(separator: "/").last.map(
                String.init
            )
            // Opened, so that it passes through the router.
            _ = try await Visitor(program).open("/setup/\(secrets["an invitation"] ?? "")")
            try await home.addMailChannel()
            let form = try await home.visitor.open("/channels/new/webhook")
            secrets["the form's token"] = form.form("/channels/new/webhook")?.hidden["formToken"]
            _ = try await home.visitor.submit(
                "/channels/new/webhook",
                on: form,
                [
                    "name": "Door", "option.url": "http://\(Shop.host):9/H00k-Path-Word",
                    "option.signingSecret": "S1gning-Word-of-Webhook",
                ]
            )
            let (kettle, _) = try await home.watch(address, target: "40")
            page.price = "39.90"
            shop.put(page, at: secretPath)
            try #require(try await home.check(kettle).outcome == "ok")
            return (program.log, secrets)
        }
        secrets.merge(found) { $1 }
        return (log.lines, secrets)
    }

    @Test(arguments: ["text", "json"])
    func `nothing secret is in the log, however much is logged`(format: String) async throws {
        let (log, secrets) = try await day(["log.level": "trace", "log.format": format])
        #expect(secrets.count == 9)
        #expect(log.count > 20)
        for (name, secret) in secrets {
            try #require(secret.count >= 10, "\(name) is empty")
            let lines = log.filter { $0.contains(secret) }
            #expect(lines.isEmpty, "\(name) is in the log:\n\(lines.prefix(3).joined(separator: "\n"))")
        }
    }

    @Test
    func `each finished piece of work is one line of JSON, and a check can be followed from its request`() async throws
    {
        let (log, _) = try await day(["log.format": "json"])
        let lines = try log.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        let checks = lines.filter { $0.jobName == "check-price" }
        #expect(checks.count == 1)
        let check = try #require(checks.first)
        #expect(check.message == "Checked a listing.")
        #expect(check.outcome == "ok")
        #expect(check.listingID != nil)
        #expect(check.milliseconds != nil)
        let asked = lines.filter { $0.route == "/api/v1/listings/{listing}/check" }
        #expect(asked.count == 1)
        #expect(asked.first?.requestID == check.requestID)
        #expect(check.requestID != nil)
        // Every job has as many lines as it had tries.
        let requests = lines.filter { $0.route != nil }
        #expect(Set(requests.compactMap(\.requestID)).count == requests.count)
        #expect(
            lines.first?.message == "The price monitor is starting." || lines.first?.message.contains("schema") == true
        )
        #expect(lines.last?.message == "The price monitor has ended.")
    }
}
