import ArgumentParser
import Fetch
import Logging
import Model
import Monitoring
import Operations

/// Looks at one page once.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look at one product page once and show what was read, and why.",
        discussion: "Needs no database. Exits with 0 when a price or “out of stock” was read, else with 1."
    )

    enum Browser: String, ExpressibleByArgument, CaseIterable {
        case auto, never, always
    }

    @Argument(help: ArgumentHelp("The address of the product page.", valueName: "url"))
    var url: String

    @Flag(help: "Print one JSON object instead of a table.")
    var json = false

    @Option(
        help: """
            Whether to render the page in a browser: when the page alone is not enough (auto), never, or always. This \
            version has no browser built in, so auto renders nothing.
            """
    )
    var browser: Browser = .auto

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        guard browser != .always else {
            throw Failure(
                .usage,
                "This version has no browser built in yet, so “--browser always” cannot be done. Use auto or never."
            )
        }
        let address: WebAddress
        do {
            address = try WebAddress(url)
        } catch {
            throw Failure(.usage, "\(error)")
        }
        let settings = try shared.loadQuietly()
        let sites = LocalSites(policy: settings.fetch.breaker, now: SystemClock.now)
        let fetching = try Fetching(settings.fetch, shared: sites, logger: Logger(label: "host"))
        let looked = try await PageLook(reader: fetching.reader, door: PageDoor(fetching.pages)).look(at: address)
        await fetching.fetcher.close()
        if json {
            StandardOutput.write(ReadingLine.checked(looked, url: url).line)
        } else {
            let status = looked.status.map { "status \($0)" } ?? "no answer"
            let page = "\(looked.finalURL) (\(status), \(looked.took.wholeMilliseconds) ms)"
            for line in ReadingText.lines(looked.reading, page: page) { StandardOutput.write(line) }
        }
        let isRead = looked.reading.outcome == .ok || looked.reading.outcome == .outOfStock
        guard isRead else { throw ExitCode(1) }
    }
}
