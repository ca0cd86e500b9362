import Model
import Monitoring
import Operations

extension APIRoutes {
    static let listParameters: [APIRoute.Parameter] = [
        .init(
            name: "limit",
            schema: ["type": "integer", "minimum": 1, "maximum": .integer(Watching.longestPage), "default": 100],
            description: "The most products of one page."
        ),
        .init(
            name: "cursor",
            schema: ["type": "string"],
            description: "What the page before gave as “next”; without it, the first page."
        ),
        .init(
            name: "sort",
            schema: [
                "type": "string", "enum": .array(ProductSelection.Order.allCases.map { .string($0.rawValue) }),
                "default": "newest",
            ],
            description: "The order: added last first, by name, or changed last first."
        ),
        .init(
            name: "filter",
            schema: [
                "type": "string", "enum": .array(ProductSelection.Filter.allCases.map { .string($0.rawValue) }),
            ],
            description: "Only products at their target price, or only those whose checks fail."
        ),
        .init(
            name: "search",
            schema: ["type": "string", "maxLength": 300],
            description: "Only products with this in their name or in the address of a listing."
        ),
    ]

    /// Throws `.invalid` for what is none of the choices.
    static func selection(_ query: Form) throws(RequestError) -> ProductSelection {
        ProductSelection(
            order: try choice("sort", query) ?? .newest,
            filter: try choice("filter", query),
            search: query["search"]
        )
    }

    static func limit(_ query: Form) throws(RequestError) -> Int {
        let text = query["limit"]
        guard !text.isEmpty else { return 100 }
        guard let limit = Int(text) else {
            throw .invalid(
                field: "limit",
                "The limit must be a whole number from 1 to \(Watching.longestPage), not “\(text.prefix(40))”."
            )
        }
        return limit
    }

    /// nil when it was not sent.
    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        _ query: Form
    ) throws(RequestError) -> Choice? where Choice.RawValue == String {
        let text = query[name]
        guard !text.isEmpty else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(field: name, "“\(text.prefix(40))” is no choice for “\(name)”; there are: \(known).")
        }
        return choice
    }
}
