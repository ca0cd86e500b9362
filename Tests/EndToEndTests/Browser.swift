import FoundationEssentials
import Subprocess

/// A headless Chromium, steered over its debugging pipe. <https://chromedevtools.github.io/devtools-protocol/>
///
/// Used by one task at a time; it ends with `run`.
final class Browser {
    /// What the page's console and the browser had to complain about since the start.
    private(set) var complaints: [String] = []
    private let input: StandardInputWriter
    private var messages: SubprocessOutputSequence.StringSequence<UTF8>.AsyncIterator
    private var lastCall = 0
    private var session: String?
    /// Answers to requests for pictures.
    private let pictures: (String) -> String?

    private init(
        _ execution: Execution<CustomWriteInput, SequenceOutput, DiscardedOutput>,
        pictures: @escaping (String) -> String?
    ) {
        input = execution.standardInputWriter
        // Messages end with a zero byte; a screenshot is one message.
        let separator = SubprocessOutputSequence.StringSequence<UTF8>.Separator.unicodeScalarSequence(["\0"])
        messages = execution.standardOutput.strings(separatedBy: separator, bufferingPolicy: .unbounded)
            .makeAsyncIterator()
        self.pictures = pictures
    }

    /// Runs a browser with one page while `work` runs.
    ///
    /// `pictures` gives the SVG for an address under https://pictures.example/; nothing else leaves this machine.
    static func run<Result: Sendable>(
        pictures: @escaping (String) -> String?,
        _ work: (Browser) async throws -> Result
    ) async throws -> Result {
        let arguments = [
            "--headless", "--no-sandbox", "--remote-debugging-pipe", "--disable-gpu", "--hide-scrollbars",
            "--no-first-run", "--disable-background-networking", "--force-color-profile=srgb",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]
        // The pipe is descriptors 3 and 4, and a child gets only 0 to 2 from us.
        let pipe = "exec 3<&0 4>&1 </dev/null >/dev/null; exec chromium-headless-shell \"$@\""
        let ended = try await Subprocess.run(
            .name("sh"),
            arguments: Arguments(["-c", pipe, "sh"] + arguments),
            input: .inputWriter,
            output: .sequence,
            error: .discarded
        ) { execution in
            let browser = Browser(execution, pictures: pictures)
            do {
                try await browser.openPage()
                let result = try await work(browser)
                await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))])
                return result
            } catch {
                await execution.teardown(using: [.gracefulShutDown(allowedDurationToNextStep: .seconds(5))])
                throw error
            }
        }
        return ended.closureResult
    }

    private func openPage() async throws {
        let target = try await call("Target.createTarget", ["url": "about:blank"]).targetId
        let attached = try await call("Target.attachToTarget", ["targetId": .text(target ?? ""), "flatten": true])
        session = attached.sessionId
        for domain in ["Page", "Network", "Log", "Runtime"] { _ = try await call("\(domain).enable") }
        let pattern: Value = ["urlPattern": "https://pictures.example/*"]
        _ = try await call("Fetch.enable", ["patterns": [pattern]])
    }

    /// Sets a cookie for an address.
    func setCookie(_ name: String, _ value: String, for address: String) async throws {
        _ = try await call("Network.setCookie", ["name": .text(name), "value": .text(value), "url": .text(address)])
    }

    /// How the page looks from now on.
    func use(_ screen: Screen) async throws {
        _ = try await call(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .number(screen.width), "height": .number(screen.height),
                "deviceScaleFactor": .number(screen.scale), "mobile": .flag(screen.isPhone),
            ]
        )
        let scheme: Value = ["name": "prefers-color-scheme", "value": .text(screen.isDark ? "dark" : "light")]
        _ = try await call("Emulation.setEmulatedMedia", ["features": [scheme]])
    }

    /// Returns when the page and its pictures are there.
    func open(_ address: String) async throws {
        let opened = try await call("Page.navigate", ["url": .text(address)])
        if let problem = opened.errorText { throw Problem("\(address) could not be opened: \(problem)") }
        while try await nextEvent() != "Page.loadEventFired" {}
    }

    /// What an expression in the page's language gives, as text.
    func evaluate(_ expression: String) async throws -> String {
        let text: Value = .text("String(\(expression))")
        return try await call("Runtime.evaluate", ["expression": text, "returnByValue": true]).result?.value ?? ""
    }

    /// A PNG of what is on the screen, or of the whole page.
    func screenshot(whole: Bool = false) async throws -> Data {
        let shot = try await call("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": .flag(whole)])
        guard let data = shot.data.flatMap({ Data(base64Encoded: $0) }) else {
            throw Problem("The browser took no screenshot.")
        }
        return data
    }

    // MARK: The protocol

    private func call(_ method: String, _ parameters: [String: Value] = [:]) async throws -> Reply.Outcome {
        let id = try await send(method, parameters)
        while let message = try await next() {
            if message.id == id {
                if let error = message.error { throw Problem("\(method): \(error.message)") }
                return message.result ?? Reply.Outcome()
            }
            try await handle(message)
        }
        throw Problem("The browser ended before it answered \(method).")
    }

    private func send(_ method: String, _ parameters: [String: Value]) async throws -> Int {
        lastCall += 1
        let call = Call(id: lastCall, method: method, params: parameters, sessionId: session)
        _ = try await input.write([UInt8](JSONEncoder().encode(call)) + [0])
        return lastCall
    }

    private func next() async throws -> Reply? {
        guard let text = try await messages.next() else { return nil }
        return try JSONDecoder().decode(Reply.self, from: Data(text.utf8.filter { $0 != 0 }))
    }

    private func nextEvent() async throws -> String {
        guard let message = try await next() else { throw Problem("The browser ended.") }
        try await handle(message)
        return message.method ?? ""
    }

    private func handle(_ message: Reply) async throws {
        guard let event = message.params else { return }
        if let entry = event.entry { complaints.append("\(entry.text) \(entry.url ?? "")") }
        if message.method == "Runtime.exceptionThrown" { complaints.append("A script failed.") }
        if message.method == "Fetch.requestPaused", let request = event.requestId, let url = event.request?.url {
            let drawing = pictures(url)
            let header: Value = ["name": "Content-Type", "value": "image/svg+xml"]
            _ = try await send(
                "Fetch.fulfillRequest",
                [
                    "requestId": .text(request), "responseCode": .number(drawing == nil ? 404 : 200),
                    "responseHeaders": [header],
                    "body": .text(Data((drawing ?? "").utf8).base64EncodedString()),
                ]
            )
        }
    }
}
