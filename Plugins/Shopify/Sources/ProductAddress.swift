import Model

/// What the address of a Shopify product page says.
struct ProductAddress {
    /// Where the product's JSON is.
    let json: String
    /// The variant that the address names.
    let variant: String?

    /// nil for addresses of other pages.
    ///
    /// Known forms: `/products/lamp`, `/de/products/lamp`, `/collections/all/products/lamp`, each with `?variant=1`.
    init?(_ address: WebAddress) {
        let path = address.target.prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(separator: "/")
        guard let place = parts.lastIndex(of: "products"), place + 2 == parts.count else { return nil }
        // The language and market stay, the collection goes: the product is the same in each.
        var before = Array(parts[..<place])
        if before.count >= 2, before[before.count - 2] == "collections" { before.removeLast(2) }
        let kept = before + [parts[place], parts[place + 1]]
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let port = address.port.map { ":\($0)" } ?? ""
        json = "\(address.scheme)://\(host)\(port)/\(kept.joined(separator: "/")).js"
        variant = address.parameter("variant")
    }
}
