import FoundationEssentials
import PluginAPI
import TestSupport
import Testing

/// `docs/plugins.md` shows what compiles and works: its sources are compiled here, its README, page and golden are
/// taken from its text and put to the contract suite.
@Suite struct PluginGuideTests {
    private static let root = TextFile.path("../..", besides: #filePath)

    private func blocks() throws -> [CodeBlock] { CodeBlock.all(in: try TextFile.read("\(Self.root)/docs/plugins.md")) }

    private func block(_ language: String, containing text: String) throws -> String {
        try #require(try blocks().first { $0.language == language && $0.text.contains(text) }).text
    }

    @Test func `its sources are the files that are compiled`() throws {
        let shown = try blocks().filter { $0.language == "swift" }
        #expect(shown.count == 3)
        for block in shown {
            let path = try #require(block.source, "A block of Swift has no comment above it that names its file.")
            #expect(try TextFile.read("\(Self.root)/\(path)") == block.text)
        }
    }

    @Test func `the notifier it shows passes the contract suite`() async throws {
        let contract = PluginContract(Ticker.self, readme: try block("markdown", containing: "# Ticker"))
        #expect(contract.wordFaults() == [])
        #expect(contract.readmeFaults() == [])
        #expect(contract.optionFaults() == [])
        let sendingFaults = await contract.sendingFaults()
        #expect(sendingFaults == [])
        let answerFaults = await contract.answerFaults()
        #expect(answerFaults == [])
        let secretFaults = await contract.secretFaults()
        #expect(secretFaults == [])
        let cancellationFaults = await contract.cancellationFaults()
        #expect(cancellationFaults == [])
    }

    @Test func `the scraper it shows reads the page it shows as the golden it shows`() throws {
        let fixtures = FileManager.default.temporaryDirectory.appending(path: "plugin-guide-\(UUID().uuidString)").path
        // A folder that stays behind in the temporary folder does no harm.
        defer { try? FileManager.default.removeItem(atPath: fixtures) }
        try TextFile.write(try block("html", containing: "<!DOCTYPE"), to: "\(fixtures)/lamp/page.html")
        let fixture = try #require(ScraperFixture.all(in: fixtures).first)
        let shown = try block("json", containing: "candidates")
        let setup = try PluginSetup(of: ExampleShop.self)
        let reading = try fixture.reading(by: ExampleShop(setup))
        #expect(reading == shown)
        try TextFile.write(shown, to: "\(fixture.folder)/expected.json")
        let contract = PluginContract(ExampleShop.self, readme: nil, fixtures: fixtures)
        #expect(contract.wordFaults() == [])
        #expect(contract.siteFaults() == [])
        #expect(contract.optionFaults() == [])
        let fixtureFaults = try contract.fixtureFaults()
        #expect(fixtureFaults == [])
        let garbageFaults = try contract.garbageFaults()
        #expect(garbageFaults == [])
    }
}
