import FoundationEssentials

/// A program that uses the REST interface with a token.
struct REST {
    let address: String
    let token: String

    /// An answer that is not of `expected` throws, with what it said.
    func call<Answer: Decodable>(
        _ method: String,
        _ path: String,
        _ body: [String: String]? = nil,
        as answer: Answer.Type = Answer.self
    ) async throws -> Answer {
        var arguments = ["--silent", "--show-error", "--fail-with-body", "--max-time", "300", "--request", method]
        arguments += ["--header", "Authorization: Bearer \(token)"]
        if let body { arguments += ["--json", String(decoding: try JSONEncoder().encode(body), as: UTF8.self)] }
        let finished = try await Command.run("curl", arguments + ["\(address)/api/v1\(path)"])
        guard finished.isSuccess else {
            throw Problem("\(method) \(path): \(finished.problems) \(finished.text)")
        }
        return try JSONDecoder().decode(Answer.self, from: Data(finished.output))
    }

    struct Amount: Decodable, Hashable, CustomStringConvertible {
        let minor: Int
        let currency: String

        var description: String { "\(minor) \(currency)" }
    }

    struct Product: Decodable {
        let id: String
        let name: String
        let price: Amount?
        let target: Target?
        let listings: [Listing]
    }

    struct Target: Decodable {
        let price: Amount
        let state: String
    }

    struct Listing: Decodable {
        let id: String
        let url: String
        let price: Amount?
        let availability: String
    }

    struct ProductList: Decodable { let products: [Product] }

    struct Run: Decodable {
        let checks: Int
        let price: Amount?
        let standing: String
        let availability: String
    }

    struct History: Decodable { let runs: [Run] }

    struct Check: Decodable {
        let outcome: String
        let price: Amount?
        let standing: String?
        let note: String?
    }

    struct ChannelList: Decodable { let channels: [Channel] }

    struct Channel: Decodable {
        let id: String
        let messages: [Message]
    }

    struct Message: Decodable {
        let key: String
        let subject: String
        let state: String
    }

    func product(_ id: String) async throws -> Product { try await call("GET", "/products/\(id)") }

    func products() async throws -> [Product] { try await call("GET", "/products", as: ProductList.self).products }

    /// Newest first.
    func history(_ product: String) async throws -> [Run] {
        try await call("GET", "/products/\(product)/history", as: History.self).runs
    }

    /// Asks for a check and waits for what it found.
    func check(_ listing: Listing) async throws -> Check {
        try await call("POST", "/listings/\(listing.id)/check?wait=30")
    }

    func messages() async throws -> [Message] {
        try await call("GET", "/channels", as: ChannelList.self).channels.flatMap(\.messages)
    }
}
