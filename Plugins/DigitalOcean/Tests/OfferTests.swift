import PluginAPI
import TestSupport
import Testing

@testable import DigitalOceanPlugin

/// What cannot be had is said before anything is made, all of it at once.
@Suite(.timeLimit(.minutes(20)))
struct OfferTests {
    @Test func `region, size, image and limit are looked at, and all that is wrong is said at once`() async throws {
        var cloud = FakeCloud()
        cloud.dropletLimit = 0
        let account = Account(["region": "mars1", "size": "s-64vcpu", "image": "windows-11"], cloud: cloud)
        let survey = try await account.survey()
        #expect(survey.isBlocked)
        #expect(
            survey.findings.map(\.description) == [
                "The region “mars1” does not exist. Set the option “region” to one of fra1, syd1.",
                "The size “s-64vcpu” does not exist, or this account may not use it. Set the option “size” to another one.",
                "The image “windows-11” does not exist. Set the option “image” to one such as ubuntu-22-04-x64, or correct the release.",
                "The account may have 0 droplets and has 0. Destroy one, or ask DigitalOcean for a higher limit in the control panel.",
            ]
        )
    }

    @Test func `a region that is shut, a size that is gone, and one that is not in the region`() async throws {
        let shut = try await Account(["region": "nyc2"]).survey()
        #expect(shut.findings.first?.problem == "takes no new droplets at the moment")
        let gone = try await Account(["size": "s-8vcpu-1gb"]).survey()
        #expect(gone.findings.first?.problem == "is not offered any more")
        #expect(gone.findings.first?.remedy.contains("s-2vcpu-4gb") == true)
        var cloud = FakeCloud()
        cloud.roomyRegions = ["fra1"]
        let elsewhere = try await Account(cloud: cloud).survey()
        #expect(
            elsewhere.findings.map(\.description) == [
                "The size “s-2vcpu-4gb” is not offered in “syd1” at the moment. Set the option “region” to one of fra1, or choose another size."
            ]
        )
    }

    @Test func `a size below what the environment asks for is refused`() async throws {
        let survey = try await Account(["size": "s-1vcpu-1gb"], cpus: 2).survey()
        #expect(
            survey.findings.first?.problem
                == "is smaller than the environment asks for: 1 of 2 processors, 1024 of 4096 MiB of memory, 25 of 40 GiB of disk"
        )
    }

    @Test func `two droplets with one mark, and a reserved IP of somebody else, need a person`() async throws {
        var cloud = FakeCloud()
        cloud.reservedIPs = [.init(ip: "203.0.113.99", droplet: 77)]
        let account = Account(["reservedIP": "203.0.113.99"], cloud: cloud)
        let taken = try await account.survey()
        #expect(taken.findings.map(\.problem) == ["leads to another droplet, 77"])
        let strange = try await account.survey(["reservedIP": "203.0.113.1"])
        #expect(strange.findings.map(\.problem) == ["does not belong to this account"])
        try await account.apply(["reservedIP": "no"])
        account.fake.change { cloud in
            cloud.droplets.append(cloud.droplets[0])
            cloud.droplets[1].id += 1
        }
        let double = try await account.survey(["reservedIP": "no"])
        #expect(double.isBlocked)
        let change = MachineChange("droplet", .create, what: "the droplet", why: "A test.")
        await #expect(throws: ProviderError.self) { try await account.perform(change) }
        try await account.destroy(["reservedIP": "no"])
        #expect(account.leftovers() == ["203.0.113.99"])
    }

    @Test func `what keeps it from working is diagnosed, and nothing where nothing does`() async throws {
        #expect(try await Account().plugin().diagnose() == [])
        var cloud = FakeCloud()
        cloud.accountStatus = "locked"
        let locked = try await Account(["region": "nyc2"], cloud: cloud).plugin().diagnose()
        #expect(locked.map(\.thing) == ["The DigitalOcean account", "The region “nyc2”"])
        let refused = try await Account(["token": "wr0ng-t0ken-of-nobody"]).plugin().diagnose()
        #expect(refused.map(\.thing) == ["The DigitalOcean token"])
        #expect(!"\(refused)".contains("wr0ng"))
    }

    @Test(arguments: [
        ("sshFrom", "203.0.113.256"), ("sshFrom", "203.0.113.7/33"), ("sshFrom", "home"), ("sshFrom", "1::2::3"),
        ("sshFrom", "fe80:::1"), ("backups", "perhaps"), ("reservedIP", "old"), ("region", "../syd1"), ("size", "S 1"),
        ("project", "a\nb"), ("server", "ftp://x"), ("token", "a b"),
    ])
    func `a wrong option is refused beside its name`(key: String, value: String) throws {
        let error = #expect(throws: SetupError.self) { try Account([key: value]).plugin() }
        #expect(error?.key == key)
    }

    @Test(arguments: ["203.0.113.7", "0.0.0.0/0, ::/0", "2001:db8::/48,203.0.113.0/24", "1:2:3:4:5:6:7:8"])
    func `addresses and networks of both kinds may reach port 22`(value: String) throws {
        #expect(throws: Never.self) { try Account(["sshFrom": value]).plugin() }
    }
}
