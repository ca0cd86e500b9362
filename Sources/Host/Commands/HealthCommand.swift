import ArgumentParser
import Fetch
import FoundationEssentials
import Logging
import Model
import PluginAPI
import Web

/// Asks a running process how it is.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask the running process on this machine whether it is ready; for health checks of containers.",
        discussion: """
            Asks /ready at web.port, or at health.port where the role has no web pages. Exits with 0 when the process \
            is ready, else with 1.
            """
    )

    @OptionGroup var shared: SharedOptions

    /// A health check that takes longer is a failed one.
    private static let limit: Duration = .seconds(5)

    func run() async throws {
        let settings = try shared.loadQuietly()
        let isWeb = settings.roles.contains(.web)
        let (port, key) = isWeb ? (settings.web.port, "web.port") : (settings.healthPort, "health.port")
        guard port != 0 else {
            throw Failure(.failed, "\(key) is 0, so it is not known where the process answers. Set \(key) to a port.")
        }
        let url = "http://\(WebPlace.host(settings.web.address)):\(port)/ready"
        var fetch = settings.fetch
        (fetch.connectTimeout, fetch.totalTimeout) = (Self.limit, Self.limit)
        let fetcher = Fetcher(settings: fetch, logger: Logger(label: "host"))
        let answer: Result<HTTPResponse, any Error>
        do {
            answer = .success(try await fetcher.exchange(HTTPRequest(url: url), through: .operator))
        } catch {
            answer = .failure(error)
        }
        await fetcher.close()
        switch answer {
        case .success(let response) where response.status == 200: StandardOutput.write("The process is ready.")
        case .success(let response): throw Failure(.failed, Self.detail(response))
        case .failure(let error): throw Failure(.failed, "Nothing answers at \(url): \(error)")
        }
    }

    /// The sentences of the problem document, else what can be said without one.
    private static func detail(_ response: HTTPResponse) -> String {
        struct Problem: Decodable {
            let detail: String
        }
        let body = Data(response.body)
        // Another program may answer at that port with anything at all.
        guard let problem = try? JSONDecoder().decode(Problem.self, from: body) else {
            return "\(response.url) answered with the status \(response.status)."
        }
        return "The process is not ready. \(problem.detail)"
    }
}
