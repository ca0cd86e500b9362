import Model
import Monitoring
import Operations

extension APIRoutes {
    static let products: [APIRoute] = [
        APIRoute(
            method: .get,
            path: "/products",
            operation: "listProducts",
            summary: "Lists your products, a page at a time",
            rights: .read,
            query: listParameters,
            answers: [.init(status: 200, description: "Your products.", schema: "ProductList", hasNext: true)],
            problems: [422]
        ) { call in
            let cursor = call.query["cursor"]
            let list = try await call.monitoring.watching.products(
                try selection(call.query),
                cursor: cursor.isEmpty ? nil : cursor,
                limit: try limit(call.query),
                as: call.actor
            )
            return APIAnswer(
                status: 200,
                json: [
                    "products": .array(list.products.map(JSON.init(summary:))),
                    "count": .integer(list.count),
                    "isCounted": .bool(list.isCounted),
                    "next": JSON(list.next),
                ],
                next: list.next
            )
        },
        APIRoute(
            method: .post,
            path: "/products",
            operation: "createProduct",
            summary: "Watches an address without a preview; it is checked at once",
            rights: .write,
            body: APIBody(members: [addressMember, nameMember, targetMember, intervalMember]),
            answers: [.init(status: 201, description: "It is watched.", schema: "Product", hasLocation: true)],
            problems: [409]
        ) { call in
            let id = try await call.monitoring.watching.add(
                call.text("url") ?? "",
                name: call.text("name"),
                target: call.text("target"),
                interval: call.interval(),
                as: call.actor
            )
            return try await created(id, call)
        },
        APIRoute(
            method: .get,
            path: "/products/{product}",
            operation: "getProduct",
            summary: "Shows a product with its listings",
            rights: .read,
            answers: [.init(status: 200, description: "The product.", schema: "Product")]
        ) { call in
            .ok(JSON(detail: try await call.monitoring.watching.product(call.id("product"), as: call.actor)))
        },
        APIRoute(
            method: .patch,
            path: "/products/{product}",
            operation: "changeProduct",
            summary: "Renames a product, or sets or removes its target price",
            rights: .write,
            body: APIBody(members: [
                .init(name: "name", kind: .text, description: "The new name, one line of 1 to 300 characters."),
                targetMember,
            ]),
            answers: [.init(status: 200, description: "The product as it is now.", schema: "Product")]
        ) { call in
            let id = try call.id("product", of: Product.self)
            if call.has("target") {
                try await call.monitoring.watching.setTarget(call.text("target"), of: id, as: call.actor)
            }
            if let name = call.text("name") {
                try await call.monitoring.watching.rename(id, to: name, as: call.actor)
            }
            return .ok(JSON(detail: try await call.monitoring.watching.product(id, as: call.actor)))
        },
        APIRoute(
            method: .delete,
            path: "/products/{product}",
            operation: "deleteProduct",
            summary: "Removes a product with its listings, history and target",
            rights: .write,
            answers: [.init(status: 204, description: "It is removed.")]
        ) { call in
            try await call.monitoring.watching.remove(call.id("product"), as: call.actor)
            return .nothing
        },
        APIRoute(
            method: .get,
            path: "/failing-shops",
            operation: "listFailingShops",
            summary: "Lists the shops at which several of your products fail for the same kind of reason",
            rights: .read,
            answers: [.init(status: 200, description: "The shops, most failures first.", schema: "FailingShopList")]
        ) { call in
            let shops = try await call.monitoring.watching.failingShops(as: call.actor)
            return .ok(["shops": .array(shops.map(JSON.init(shop:)))])
        },
        APIRoute(
            method: .get,
            path: "/products/{product}/history",
            operation: "getHistory",
            summary: "Shows what was read, as runs of equal readings, newest first, at most 500 a listing",
            rights: .read,
            answers: [.init(status: 200, description: "The runs of all listings.", schema: "History")]
        ) { call in
            let detail = try await call.monitoring.watching.product(call.id("product"), as: call.actor)
            return .ok(["runs": .array(detail.listings.flatMap(\.runs).map(JSON.init(run:)))])
        },
        APIRoute(
            method: .get,
            path: "/products/{product}/checks",
            operation: "listChecks",
            summary: "Shows the last checks, newest first, at most 20 a listing",
            rights: .read,
            answers: [.init(status: 200, description: "The checks of all listings.", schema: "CheckList")]
        ) { call in
            let detail = try await call.monitoring.watching.product(call.id("product"), as: call.actor)
            return .ok(["checks": .array(detail.listings.flatMap(\.checks).map(JSON.init(check:)))])
        },
    ]

    static func created(_ id: ID<Product>, _ call: APICall) async throws -> APIAnswer {
        let detail = try await call.monitoring.watching.product(id, as: call.actor)
        return .created(JSON(detail: detail), at: "/products/\(id)")
    }
}
