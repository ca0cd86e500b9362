import Fetch
import Logging
import Model
import PluginAPI
import Testing

extension Fetcher {
    /// One that may ask 127.0.0.1 and `localhost` without pauses.
    convenience init(_ change: (inout FetchSettings) -> Void = { _ in }) {
        var settings = FetchSettings()
        settings.hostPause = .zero
        settings.allowPrivateHosts = ["127.0.0.1", "localhost"]
        change(&settings)
        self.init(settings: settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A plain request through the guarded door.
    func get(_ url: String, headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
        try await exchange(HTTPRequest(url: url, headers: headers), through: .guarded)
    }

    /// The error of a plain request through the guarded door.
    func failure(_ url: String, at location: SourceLocation = #_sourceLocation) async -> ExchangeError? {
        await #expect(throws: ExchangeError.self, sourceLocation: location) { try await self.get(url) }
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// The bytes that hexadecimal digits spell.
func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}
