extension WebAddress {
    /// What follows `label` in the host, if it is a country's ending or `com`: of `www.shop.co.uk` after `shop`, `co.uk`.
    ///
    /// For shops that have a host in every country. nil for `shop.other.example`, which belongs to somebody else.
    package func ending(after label: String) -> String? {
        let labels = host.split(separator: ".")
        guard let place = labels.lastIndex(where: { $0 == label }) else { return nil }
        let rest = labels[(place + 1)...]
        guard let last = rest.last, (2...3).contains(last.utf8.count), last.allSatisfy(\.isLetter),
            rest.count == 1 || (rest.count == 2 && (rest.first == "co" || rest.first == "com"))
        else { return nil }
        return rest.joined(separator: ".")
    }
}
