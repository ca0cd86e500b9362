import Model
import Operations

/// One line of the route table: what a request does, takes and gives.
///
/// The router and the OpenAPI document are made from nothing else.
struct APIRoute: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    let method: Method
    /// Below `/api/v1`, with parameters in braces: `/products/{product}`.
    let path: String
    /// The operation's name, unique: `listProducts`.
    let operation: String
    /// A sentence without its full stop.
    let summary: String
    let rights: Actor.Rights
    var query: [Parameter] = []
    var body: APIBody?
    let answers: [Answer]
    /// The statuses of problem documents it may answer with, besides 401 and those of its body and path.
    var problems: [Int] = []
    let handle: @Sendable (APICall) async throws -> APIAnswer

    struct Parameter: Sendable {
        let name: String
        let schema: JSON
        let description: String
    }

    struct Answer: Sendable {
        let status: Int
        let description: String
        /// The name of a component; nil for an empty answer.
        var schema: String?
        /// Whether the `Location` header says where the new thing is.
        var hasLocation = false
        /// Whether the `Link` header says where the next page is.
        var hasNext = false
    }

    /// The names in braces, in order.
    var pathParameters: [String] {
        path.split(separator: "/").compactMap { part in
            part.first == "{" && part.last == "}" ? String(part.dropFirst().dropLast()) : nil
        }
    }

    /// All statuses of problem documents, ascending.
    var allProblems: [Int] {
        var all = Set(problems).union([401])
        if rights == .write { all.insert(403) }
        if !pathParameters.isEmpty { all.insert(404) }
        if body != nil { all.formUnion([413, 422]) }
        return all.sorted()
    }
}

/// The JSON object that a request must send.
struct APIBody: Sendable {
    let members: [Member]

    struct Member: Sendable {
        enum Kind: Hashable, Sendable {
            case text
            case integer
            case boolean
            /// An object whose members are all text.
            case texts
            /// An array whose members are all text.
            case list
            /// An object as a component describes it.
            case object(schema: String)
        }

        let name: String
        let kind: Kind
        var isRequired = false
        /// Whether `null` may stand there, and means “none”.
        var isNullable = false
        let description: String
    }
}

/// What a handler gives back.
struct APIAnswer: Sendable {
    let status: Int
    var json: JSON?
    /// Below `/api/v1`.
    var location: String?
    /// The cursor of the next page.
    var next: String?

    static let nothing = APIAnswer(status: 204)

    static func ok(_ json: JSON) -> APIAnswer { APIAnswer(status: 200, json: json) }

    static func created(_ json: JSON, at location: String) -> APIAnswer {
        APIAnswer(status: 201, json: json, location: location)
    }
}
