import Foundation
import Testing

@testable import Deploy

@Suite struct InstalledCoolifyTests {
    @Test func `what a machine says of its Coolify is understood`() {
        let output = """
            memory=4009100
            installing=yes
            container=[{"State": {"Status": "running", "Health": {"Status": "healthy"}}, "Config": {"Image": "ghcr.io/x/coolify:4.3.10"}}]
            health=OK
            password=there
            admins=1
            api=t
            strangers=f
            updates=f
            address=https://coolify.example.com
            token-pma-deployer=0123 ["root"]
            token-pma-pipeline=
            """
        let state = InstalledCoolify(Array(output.utf8))
        #expect(state.version == "4.3.10" && state.isHealthy && state.isInstalling && state.hasAdmin)
        #expect(state.isAPIEnabled && state.isOpenToStrangers == false && !state.updatesItself && state.showsPassword)
        #expect(state.memoryMiB == 3915)
        #expect(state.address == "https://coolify.example.com")
        #expect(state.tokens == ["pma-deployer": .init(hash: "0123", abilities: #"["root"]"#)])
    }

    @Test func `a machine without Coolify has nothing of it`() {
        let state = InstalledCoolify(Array("container=[]\nhealth=\nadmins=\napi=\nstrangers=\n".utf8))
        #expect(state.version == nil && !state.isHealthy && !state.hasAdmin && state.isOpenToStrangers == nil)
        #expect(state.memoryMiB == nil)
    }

    /// A container that is well while the API is not is not well.
    @Test func `health is that of both`() {
        let container = #"container=[{"State": {"Health": {"Status": "healthy"}}, "Config": {"Image": "a:4.3.10"}}]"#
        #expect(!InstalledCoolify(Array("\(container)\nhealth=".utf8)).isHealthy)
        #expect(InstalledCoolify(Array("\(container)\nhealth=OK".utf8)).isHealthy)
    }

    @Test(arguments: [
        ("4.3.9", "4.3.10", true), ("4.3.10", "4.3.10", false), ("4.4.0", "4.3.10", false), ("4.3", "4.3.1", true),
        ("4.0.0-beta.418", "4.3.10", true),
    ])
    func `versions are compared by their numbers`(own: String, other: String, isEarlier: Bool) {
        #expect(own.isEarlierVersion(than: other) == isEarlier)
    }

    @Test func `a database is known by its address, and nothing strange gets into a script`() {
        let database = DatabaseContainer(url: "postgres://prices:s3cret@abc123:5432/prices")
        #expect(database?.id == "abc123" && database?.user == "prices" && database?.name == "prices")
        for url in ["", "postgres://abc", "postgres://u:p@a;b:5432/c", "postgres://u:p@a:5432/c$(x)"] {
            #expect(DatabaseContainer(url: url) == nil, "\(url)")
        }
    }
}
