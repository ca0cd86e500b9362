import Model
import PluginAPI

/// A link by which somebody makes an account at the web application.
package struct Invitation: Sendable {
    private let work: CoolifyWorkplace
    private let host: any RemoteHost

    package init(_ work: CoolifyWorkplace, _ host: any RemoteHost) {
        self.work = work
        self.host = host
    }

    /// What the program in the web application's container prints.
    package func make() async throws -> String {
        let id = try await work.application(.web).id
        // The id stands before what Coolify adds to a container's name.
        guard id.wholeMatch(of: /[A-Za-z0-9]+/) != nil else { throw DeployError("“\(id)” is no id of Coolify's.") }
        let script = """
            name=$(docker ps --filter 'name=^/\(id)' --filter status=running --format '{{.Names}}' | head -n 1)
            [ -n "$name" ] || exit 3
            docker exec "$name" host user invite
            """
        let result = try await host.run(script, deadline: .seconds(120))
        guard result.exitCode != 3 else {
            throw DeployError(
                "The web application does not run. “status” says what is wrong; “\(work.resumption)” starts it."
            )
        }
        guard result.exitCode == 0 else {
            let why = OneLine.text(String(decoding: result.errors, as: UTF8.self), limit: 300)
            throw DeployError("No link could be made: \(why)")
        }
        return String(decoding: result.output, as: UTF8.self).trimmingWhitespace()
    }
}
