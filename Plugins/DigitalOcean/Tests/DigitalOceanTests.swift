import Model
import PluginAPI
import TestSupport
import Testing

@testable import DigitalOceanPlugin

@Suite(.timeLimit(.minutes(20)))
struct DigitalOceanTests {
    @Test func `from nothing, a plan lists everything in order, with its price, and changes nothing`() async throws {
        let account = Account(Account.everything)
        let survey = try await account.survey()
        #expect(survey.machine == nil)
        #expect(survey.findings == [])
        #expect(
            survey.changes.map(\.id) == [
                "tag", "key", "firewall", "project", "droplet", "project-droplet", "reserved-ip",
            ]
        )
        let droplet = try #require(survey.changes.first { $0.id == "droplet" })
        #expect(droplet.monthly?.description == "28.80 USD")
        #expect(
            droplet.what
                == "the droplet “pma-staging-1f3a9c”: s-2vcpu-4gb in syd1, ubuntu-22-04-x64, backed up every week"
        )
        #expect(account.leftovers() == [])
        #expect(account.fake.requests.allSatisfy { $0.method == .get })
    }

    @Test func `once everything is made, it is as requested, and nothing is left to do`() async throws {
        let account = Account(Account.everything)
        let survey = try await account.apply()
        #expect(survey.changes == [])
        #expect(survey.findings == [])
        #expect(account.faults() == [])
        let droplet = try #require(account.fake.cloud.droplets.first)
        #expect(droplet.hasBackups)
        #expect(droplet.keys == [SampleMachine.fingerprint])
        // Everything on the machine could read it, for ever.
        #expect(droplet.userData == nil)
        #expect(survey.machine?.id == "\(droplet.id)")
        #expect(survey.machine?.state == .running)
        #expect(survey.machine?.addresses == [account.fake.cloud.reservedIPs[0].ip, droplet.address])
        #expect(account.lines.values.contains { $0.hasPrefix("The droplet is still new") })
    }

    @Test func `the firewall is there and bound by the tag before the droplet is made`() async throws {
        let account = Account()
        try await account.apply()
        let posts = account.fake.requests.filter { $0.method == .post }.map {
            $0.url.dropFirst(FakeDigitalOcean.home.count)
        }
        #expect(posts == ["/v2/tags", "/v2/account/keys", "/v2/firewalls", "/v2/droplets"])
        let body = String(decoding: account.fake.requests.filter { $0.method == .post }[2].body, as: UTF8.self)
        let difference = try GoldenFile("firewall.json").difference(from: CanonicalJSON.text(body) + "\n")
        #expect(difference == nil)
    }

    /// What differs from what is there may be the same for two of them.
    @Test func `two firewalls that are wanted are told apart, whatever is there`() async throws {
        let account = Account(["sshFrom": "203.0.113.7, 198.51.100.9"])
        try await account.apply()
        var seen: Set<String> = []
        let wanted = ["203.0.113.7", "198.51.100.9", "0.0.0.0/0", "203.0.113.7, 0.0.0.0/0"]
        for sshFrom in wanted {
            let changes = try await account.survey(["sshFrom": sshFrom]).changes
            #expect(changes.map(\.id) == ["firewall"])
            seen.insert(changes.first?.wanted ?? "")
        }
        #expect(seen.count == wanted.count)
        #expect(try await account.survey(["sshFrom": "0.0.0.0/0"]).changes.first?.wanted.contains("0.0.0.0/0") == true)
    }

    @Test func `what was made before is fine, whichever change is made again`() async throws {
        let account = Account(Account.everything)
        let changes = try await account.survey().changes
        try await account.apply()
        for change in changes { try await account.perform(change) }
        #expect(account.faults() == [])
    }

    @Test func `a key that the account has already is used, and stays when the rest goes`() async throws {
        var cloud = FakeCloud()
        cloud.keys = [.init(id: 7, name: "laptop", line: SampleMachine.keyLine, fingerprint: SampleMachine.fingerprint)]
        let account = Account(cloud: cloud)
        #expect(try await account.apply().changes == [])
        try await account.destroy()
        #expect(account.leftovers() == ["laptop"])
    }

    @Test func `a list of several pages is followed to its end`() async throws {
        var cloud = FakeCloud()
        cloud.addOthersFirewalls(450)
        let account = Account(cloud: cloud)
        #expect(try await account.apply().changes == [])
        #expect(account.fake.cloud.firewalls.count == 451)
        #expect(account.fake.requests.contains { $0.url.hasSuffix("/v2/firewalls?per_page=200&page=3") })
    }

    @Test func `the address is read anew each time`() async throws {
        let account = Account()
        try await account.apply()
        account.fake.change { $0.droplets[0].address = "198.51.100.77" }
        #expect(try await account.survey().machine?.addresses == ["198.51.100.77"])
    }

    // MARK: Drift

    @Test func `rules that a person changed are shown from and to, and put right`() async throws {
        let account = Account()
        try await account.apply()
        account.fake.change { cloud in
            cloud.firewalls[0].inbound = cloud.firewalls[0].inbound.replacing("203.0.113.7", with: "0.0.0.0/0")
        }
        let survey = try await account.survey()
        let change = try #require(survey.changes.first)
        #expect(survey.changes.count == 1)
        #expect(change.kind == .change)
        #expect(change.drift == .init(from: "in tcp 22 0.0.0.0/0", to: "in tcp 22 203.0.113.7"))
        #expect(try await account.apply().changes == [])
        #expect(account.fake.cloud.firewalls[0].inbound.contains("203.0.113.7"))
    }

    @Test func `a tag that a person took away is put back, and no second droplet is made`() async throws {
        let account = Account()
        try await account.apply()
        account.fake.change { $0.droplets[0].tags = ["theirs"] }
        let survey = try await account.survey()
        #expect(survey.changes.map(\.id) == ["droplet-tag"])
        #expect(survey.changes[0].drift == .init(from: "theirs", to: "theirs; pma-staging-1f3a9c"))
        #expect(try await account.apply().changes == [])
        #expect(account.fake.cloud.livingDroplets.count == 1)
    }

    @Test func `another size needs a person, for it needs the droplet switched off`() async throws {
        let account = Account()
        try await account.apply()
        let survey = try await account.survey(["size": "s-4vcpu-8gb"])
        #expect(survey.changes == [])
        let finding = try #require(survey.findings.first)
        #expect(finding.weight == .warning)
        #expect(finding.problem == "has the size s-2vcpu-4gb, not s-4vcpu-8gb")
        #expect(finding.remedy.contains("doctl compute droplet-action resize \(account.fake.cloud.droplets[0].id)"))
        #expect(!survey.isBlocked)
    }

    @Test func `backups are switched on where they are wanted, and never off`() async throws {
        let account = Account()
        try await account.apply()
        let survey = try await account.survey(["backups": "yes"])
        #expect(survey.changes.map(\.id) == ["backups"])
        #expect(survey.changes[0].monthly?.description == "4.80 USD")
        #expect(try await account.apply(["backups": "yes"]).changes == [])
        #expect(account.fake.cloud.droplets[0].hasBackups)
        let back = try await account.survey()
        #expect(back.changes == [])
        #expect(back.findings.map(\.weight) == [.note])
    }

    @Test func `a droplet that is off is switched on`() async throws {
        let account = Account()
        try await account.apply()
        account.fake.change { $0.droplets[0].status = "off" }
        #expect(try await account.survey().changes.map(\.id) == ["power"])
        #expect(try await account.apply().machine?.state == .running)
    }

    @Test func `a reserved IP of one's own is led to the droplet, and stays when the rest goes`() async throws {
        var cloud = FakeCloud()
        cloud.reservedIPs = [.init(ip: "203.0.113.99")]
        let account = Account(["reservedIP": "203.0.113.99"], cloud: cloud)
        #expect(try await account.apply().machine?.addresses.first == "203.0.113.99")
        try await account.destroy()
        #expect(account.leftovers() == ["203.0.113.99"])
    }

    // MARK: Removal

    @Test func `everything with the mark goes, and nothing else`() async throws {
        var cloud = FakeCloud()
        cloud.addOthersFirewalls(2)
        let account = Account(Account.everything, cloud: cloud)
        try await account.apply()
        account.fake.change { cloud in
            var other = cloud.droplets[0]
            other.id = 77
            other.name = "theirs"
            other.tags = ["theirs"]
            cloud.droplets.append(other)
            cloud.tags.append("theirs")
        }
        let changes = try await account.plugin().removal(of: account.request)
        #expect(changes.allSatisfy { $0.kind == .destroy })
        #expect(
            changes.map(\.id) == [
                "remove-reserved-ip", "remove-droplet-\(account.fake.cloud.droplets[0].id)", "remove-firewall",
                "remove-project", "remove-key", "remove-tag",
            ]
        )
        try await account.destroy()
        #expect(account.leftovers() == ["theirs", "other-1", "other-2", "theirs"])
        #expect(try await account.plugin().removal(of: account.request) == [])
    }

    @Test func `a droplet without the mark is not destroyed, whatever a journal says`() async throws {
        let account = Account()
        try await account.apply()
        account.fake.change { cloud in
            cloud.droplets[0].name = "theirs"
            cloud.droplets[0].tags = []
        }
        let id = account.fake.cloud.droplets[0].id
        let change = MachineChange("remove-droplet-\(id)", .destroy, what: "the droplet", why: "A test.")
        let error = await #expect(throws: ProviderError.self) { try await account.perform(change) }
        #expect(
            error?.description
                == "The droplet \(id) does not carry the mark “pma-staging-1f3a9c”. It was left alone. Look at it in the control panel and decide there."
        )
        #expect(account.fake.cloud.livingDroplets.count == 1)
    }

    @Test func `a firewall or a tag that others use is left alone`() async throws {
        let account = Account()
        try await account.apply()
        account.fake.change { $0.firewalls[0].droplets = [4711] }
        let firewall = MachineChange("remove-firewall", .destroy, what: "the firewall", why: "A test.")
        let kept = await #expect(throws: ProviderError.self) { try await account.perform(firewall) }
        #expect(kept?.problem == "guards something else too: 4711")
        let tag = MachineChange("remove-tag", .destroy, what: "the tag", why: "A test.")
        let used = await #expect(throws: ProviderError.self) { try await account.perform(tag) }
        #expect(used?.problem == "is still on something: an image, a volume or a snapshot")
        #expect(account.fake.cloud.firewalls.count == 1)
        #expect(account.fake.cloud.tags.count == 1)
    }

    @Test func `a change that this version does not know is refused by name`() async throws {
        let change = MachineChange("gateway", .create, what: "a gateway", why: "A test.")
        let error = await #expect(throws: ProviderError.self) { try await Account().perform(change) }
        #expect(error?.thing == "The change “gateway”")
    }
}
