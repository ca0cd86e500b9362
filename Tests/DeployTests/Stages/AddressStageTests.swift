import Model
import PluginAPI
import Synchronization
import Testing

@testable import Deploy

@Suite struct AddressStageTests {
    private let discoveries = Discoveries()

    private func stage(
        domain: String?,
        names: @escaping @Sendable (String) -> [String] = { _ in [] },
        answer: @escaping @Sendable (_ number: Int) throws -> Int
    ) -> AddressStage {
        discoveries.note { found in
            found.addresses = ["203.0.113.7"]
            found.address = "203.0.113.7"
        }
        let count = Counter()
        return AddressStage(
            domain: domain,
            discoveries,
            lookup: { names($0) },
            exchange: { request in HTTPResponse(status: try answer(count.next()), url: request.url) },
            host: NoMachine(),
            patience: Patience(sleep: { _ in })
        )
    }

    @Test func `an application that answers is as it should be`() async throws {
        let survey = try await stage(domain: nil) { _ in 200 }.survey()
        #expect(survey.changes.isEmpty)
        #expect(survey.facts.first?.value == "https://203.0.113.7.sslip.io")
    }

    @Test func `a domain that leads elsewhere is named with the records to set, and waited for`() async throws {
        let looks = Counter()
        let stage = stage(
            domain: "prices.example.com",
            names: { _ in looks.next() > 6 ? ["203.0.113.7"] : ["192.0.2.1"] }
        ) { _ in
            200
        }
        let survey = try await stage.survey()
        #expect(survey.changes.map(\.id) == ["names", "answer"])
        let why = try #require(survey.changes.first?.why)
        #expect(why.contains("coolify.prices.example.com A 203.0.113.7") && why.contains("192.0.2.1"))
        for change in survey.changes { try await stage.perform(change) { _ in } }
        #expect(try await stage.survey().changes.isEmpty)
    }

    @Test func `a domain that never leads there ends with what to do`() async throws {
        let stage = stage(domain: "prices.example.com") { _ in 200 }
        let change = try #require(try await stage.survey().changes.first)
        let error = await #expect(throws: DeployError.self) { try await stage.perform(change) { _ in } }
        #expect(error?.description.contains("prices.example.com A 203.0.113.7") == true)
    }

    @Test func `an application that answers late is waited for, and one that never does is told`() async throws {
        let late = stage(domain: nil) { number in number > 3 ? 200 : 503 }
        let change = try #require(try await late.survey().changes.first)
        try await late.perform(change) { _ in }
        let never = stage(domain: nil) { _ in throw ExchangeError.refused("No route.") }
        let error = await #expect(throws: DeployError.self) { try await never.perform(change) { _ in } }
        #expect(error?.description.contains("does not answer from here") == true)
    }

    @Test(arguments: [
        ("10.1.2.3", "http://10.1.2.3.sslip.io"), ("172.20.0.1", "http://172.20.0.1.sslip.io"),
        ("192.168.64.3", "http://192.168.64.3.sslip.io"), ("172.32.0.1", "https://172.32.0.1.sslip.io"),
        ("203.0.113.7", "https://203.0.113.7.sslip.io"), ("2001:db8::7", "https://2001-db8--7.sslip.io"),
        ("fd00::1", "http://fd00--1.sslip.io"),
    ])
    func `only what the world reaches is spoken to with a certificate`(address: String, web: String) {
        #expect(PublicAddress(domain: nil, address: address).web == web)
        #expect(PublicAddress(domain: "a.example", address: address).dashboard == "https://coolify.a.example")
    }
}

/// Counts from 1.
final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}

/// One on which every script ends well.
private struct NoMachine: RemoteHost {
    func run(_ script: String, deadline: Duration) async throws -> CommandResult { CommandResult(exitCode: 0) }
    func tunnel(to port: Int) async throws -> Int { 0 }
    func fetch(_ remotePath: String, to path: String) async throws {}
    func send(_ path: String, to remotePath: String) async throws {}
    func close() async {}
}
