import PluginAPI
import TestSupport
import Testing

@testable import Host

/// Asks every installed plugin the same questions.
@Suite struct PluginContractTests {
    private static let root = TextFile.path("../..", besides: #filePath)
    private static let plugins =
        InstalledPlugins.scrapers.map { PluginContract(installed: $0, root: root) }
        + InstalledPlugins.notifiers.map { PluginContract(installed: $0, root: root) }
        + InstalledPlugins.providers.map { PluginContract(installed: $0, root: root) }

    @Test func `the installed plugins make a registry: no two have one id or one site`() throws {
        let registry = try InstalledPlugins.registry()
        let count = registry.scrapers.count + registry.notifiers.count + registry.providers.count
        #expect(count == Self.plugins.count)
        #expect(!Self.plugins.isEmpty)
    }

    @Test(arguments: plugins)
    func `its id, title, summary and options are well written`(plugin: PluginContract) {
        #expect(plugin.wordFaults() == [])
        #expect(plugin.siteFaults() == [])
    }

    @Test(arguments: plugins)
    func `its README has the fixed sections and tells the truth about the options`(plugin: PluginContract) {
        #expect(plugin.readmeFaults() == [])
    }

    @Test(arguments: plugins)
    func `its options' examples make it, unknown and missing ones do not`(plugin: PluginContract) {
        #expect(plugin.optionFaults() == [])
    }

    @Test(arguments: plugins)
    func `it sends any message, and the same one with the same key`(plugin: PluginContract) async {
        let sendingFaults = await plugin.sendingFaults()
        #expect(sendingFaults == [])
    }

    @Test(arguments: plugins)
    func `what shops write cannot leave the body`(plugin: PluginContract) async {
        let foreignTextFaults = await plugin.foreignTextFaults()
        #expect(foreignTextFaults == [])
    }

    @Test(arguments: plugins)
    func `it tells “later” from “never”`(plugin: PluginContract) async {
        let answerFaults = await plugin.answerFaults()
        #expect(answerFaults == [])
    }

    @Test(arguments: plugins)
    func `its errors hold no secret`(plugin: PluginContract) async {
        let secretFaults = await plugin.secretFaults()
        #expect(secretFaults == [])
    }

    @Test(arguments: plugins)
    func `it lets cancellation pass`(plugin: PluginContract) async {
        let cancellationFaults = await plugin.cancellationFaults()
        #expect(cancellationFaults == [])
    }

    @Test(arguments: plugins)
    func `it reads every fixture as expected`(plugin: PluginContract) throws {
        let fixtureFaults = try plugin.fixtureFaults()
        #expect(fixtureFaults == [])
    }

    @Test(arguments: plugins)
    func `no page breaks it`(plugin: PluginContract) throws {
        let garbageFaults = try plugin.garbageFaults()
        #expect(garbageFaults == [])
    }
}
