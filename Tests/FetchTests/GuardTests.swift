import Fetch
import Model
import PluginAPI
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct GuardTests {
    private let fetcher = Fetcher { $0.allowPrivateHosts = ["open.localhost"] }

    @Test(arguments: [
        "127.0.0.1", "localhost", "LOCALHOST", "shop.localhost", "0x7f000001", "2130706433", "0177.0.0.1", "127.1",
        "0.0.0.0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "1２7.0.0.1",
    ])
    func `refuses a server on this machine, however it is written`(host: String) async throws {
        let server = try TestServer { _ in .page("secret") }
        let error = await fetcher.failure("http://\(host):\(server.port)/")
        guard case .refused(let sentence) = error else {
            Issue.record("\(String(describing: error)) is no refusal")
            return
        }
        #expect(sentence.contains("fetch.allowPrivateHosts"))
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: [
        ("http://[::1]:1/", "::1 is a loopback address"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is the address of a cloud's metadata service"),
        ("http://[::ffff:a9fe:a9fe]/", "::ffff:169.254.169.254 is the address of a cloud's metadata service"),
        ("http://10.0.0.1/", "10.0.0.1 is a private address"),
        ("http://192.168.1.1/", "192.168.1.1 is a private address"),
        ("http://[fe80::1]/", "fe80::1 is a link-local address"), ("http://[fd00::1]/", "fd00::1 is a private address"),
        ("http://224.0.0.1/", "224.0.0.1 is a multicast address"),
        ("http://255.255.255.255/", "255.255.255.255 is the broadcast address"),
    ])
    func `refuses before it connects, and says which address it was`(url: String, start: String) async {
        let sentence =
            "\(start), which is not fetched. An administrator can open it with fetch.allowPrivateHosts."
        #expect(await fetcher.failure(url) == .refused(sentence))
    }

    @Test func `says to which address a name resolved`() async {
        let ends = ["127.0.0.1", "::1"].map {
            ExchangeError.refused(
                "localhost resolves to \($0), a loopback address, which is not fetched. An administrator can open it "
                    + "with fetch.allowPrivateHosts."
            )
        }
        let error = await fetcher.failure("http://localhost:1/")
        #expect(ends.contains { $0 == error })
    }

    /// Whether such names resolve is the resolver's affair.
    @Test(arguments: ["127.0.0.1.", "localhost.", "open.localhost.evil.localhost"])
    func `does not connect a name that only looks like another one`(host: String) async throws {
        let server = try TestServer { _ in .page("secret") }
        _ = await fetcher.failure("http://\(host):\(server.port)/")
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: ["http://127.0.0.1:PORT/inner", "http://localhost:PORT/inner", "//2130706433:PORT/inner"])
    func `refuses a redirect to a private address`(location: String) async throws {
        let server = try TestServer { request in
            let port = request["Host"]?.split(separator: ":").last ?? ""
            return request.path == "/inner"
                ? .page("secret") : .redirect(to: location.replacing("PORT", with: port))
        }
        guard case .refused = await fetcher.failure("http://open.localhost:\(server.port)/") else {
            Issue.record("the redirect was followed")
            return
        }
        #expect(server.requests.map(\.path) == ["/"])
    }

    @Test func `refuses an open connection that the operator's door has made`() async throws {
        let server = try TestServer { _ in .page("inside") }
        let request = HTTPRequest(url: server.url)
        #expect(try await fetcher.exchange(request, through: .operator).text == "inside")
        guard case .refused = await fetcher.failure(server.url) else {
            Issue.record("the open connection was used")
            return
        }
        #expect(server.requests.count == 1)
    }

    @Test func `opens a host that is named, with that port only`() async throws {
        let server = try TestServer { _ in .page("inside") }
        let other = try TestServer { _ in .page("inside") }
        let fetcher = Fetcher { $0.allowPrivateHosts = ["127.0.0.1:\(server.port)"] }
        #expect(try await fetcher.get(server.url).text == "inside")
        guard case .refused = await fetcher.failure(other.url) else {
            Issue.record("another port was asked")
            return
        }
        #expect(other.connectionCount == 0)
    }

    @Test func `the operator's door is not guarded`() async throws {
        let server = try TestServer { _ in .page("inside") }
        let url = "http://localhost:\(server.port)/"
        let answer = try await fetcher.exchange(HTTPRequest(url: url), through: .operator)
        #expect(answer.text == "inside")
    }
}
