import Model
import PluginAPI
import TestSupport
import Testing

@Suite struct TickerTests {
    @Test func `a message becomes one line of light`() async throws {
        let device = RecordingExchange(status: 200)
        let values = ["address": "http://ticker.example/lines", "key": "made-up-key"]
        try await Ticker(PluginSetup(of: Ticker.self, values, exchange: device)).send(SampleMessage.targetPrice)
        let request = try #require(device.requests.first)
        #expect(request.body == Array("Desk lamp Arc is down to €39.00".utf8))
        #expect(request.headers["Ticker-Colour"] == "red")
    }

    @Test func `a colour that the ticker has not is refused`() {
        let values = ["address": "http://ticker.example/lines", "key": "made-up-key", "colour": "blue"]
        #expect(throws: SetupError("colour", "must be red, green or white")) {
            try Ticker(PluginSetup(of: Ticker.self, values))
        }
    }
}
