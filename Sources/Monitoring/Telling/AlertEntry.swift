package import Model

/// A rule as a person or a program wrote it.
package struct AlertEntry: Hashable, Sendable {
    /// A word of `AlertEntry.Kind`.
    package var kind: String
    /// A price, a percent or a number of days, by the kind; empty where the kind needs none.
    package var value: String
    /// The least time between two tellings in seconds, 0…31,536,000; nil for what suits the kind.
    package var coolDown: Int?
    /// The last day on which it tells: `2026-12-24`; nil or empty for no end.
    package var until: String?

    package init(kind: String, value: String, coolDown: Int? = nil, until: String? = nil) {
        self.kind = kind
        self.value = value
        self.coolDown = coolDown
        self.until = until
    }

    package enum Kind: String, CaseIterable, Sendable {
        case targetPrice = "target-price"
        case dropPercent = "drop-percent"
        case dropAmount = "drop-amount"
        case lowest
        case lowestEver = "lowest-ever"
        case backInStock = "back-in-stock"
        case change

        package init(_ kind: Rule.Kind) {
            self =
                switch kind {
                case .targetPrice: .targetPrice
                case .dropPercent: .dropPercent
                case .dropAmount: .dropAmount
                case .lowest(nil): .lowestEver
                case .lowest: .lowest
                case .backInStock: .backInStock
                case .change: .change
                }
        }
    }

    /// What may come again and again with a price or a stock that flaps is told once a day, if nobody says otherwise.
    package static let standardCoolDown: Duration = .days(1)

    /// A rule as somebody would write it anew.
    package init(_ rule: Rule) {
        let value =
            switch rule.kind {
            case .targetPrice(let money), .dropAmount(let money): money.decimal
            case .dropPercent(let percent): String(percent)
            case .lowest(let days): days.map { String($0) } ?? ""
            case .backInStock, .change: ""
            }
        self.init(
            kind: Kind(rule.kind).rawValue,
            value: value,
            coolDown: rule.coolDown.map { Int($0.components.seconds) } ?? 0,
            until: rule.expires.map { ($0 - .milliseconds(1)).dayDigits }
        )
    }

    /// Throws `.invalid` for `kind`, `value`, `coolDown` or `until`.
    ///
    /// `currency` is the product's; nil when it is not known yet. What says the same as `rule`, which is changed, stays as
    /// it is there: its last day may be over, and its currency another one.
    func terms(currency: Currency?, changing rule: Rule? = nil, now: Timestamp) throws(RequestError) -> Terms {
        let before = rule.map(AlertEntry.init)
        let isSameKind = before.map { $0.kind == self.kind && $0.value == value.trimmingWhitespace() } ?? false
        guard let named = Kind(rawValue: kind) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(field: "kind", "There is no kind of alert “\(kind.prefix(40))”; there are: \(known).")
        }
        let kind = if isSameKind, let rule { rule.kind } else { try self.kind(named, currency: currency) }
        if let coolDown, !(0...31_536_000).contains(coolDown) {
            throw .invalid(field: "coolDown", "The time between two messages must be 0 to 31536000 seconds (a year).")
        }
        // A target has its margin against trembling, so it needs no rest.
        let standard: Duration? = named == .targetPrice ? nil : Self.standardCoolDown
        let rest = coolDown.map { $0 == 0 ? nil : Duration.seconds($0) } ?? standard
        let isSameEnd = rule != nil && (before?.until ?? "") == (until?.trimmingWhitespace() ?? "")
        return Terms(kind: kind, coolDown: rest, expires: try isSameEnd ? rule?.expires : expiry(now: now))
    }

    struct Terms: Hashable, Sendable {
        let kind: Rule.Kind
        let coolDown: Duration?
        let expires: Timestamp?
    }

    private func kind(_ kind: Kind, currency: Currency?) throws(RequestError) -> Rule.Kind {
        switch kind {
        case .targetPrice: .targetPrice(try money(currency, example: "39.90"))
        case .dropAmount: .dropAmount(try money(currency, example: "10"))
        case .dropPercent: .dropPercent(try number(in: 1...99, "The fall must be a whole percent from 1 to 99."))
        case .lowest: .lowest(days: try number(in: 1...3650, "The days must be a whole number from 1 to 3650."))
        case .lowestEver: .lowest(days: nil)
        case .backInStock: .backInStock
        case .change: .change
        }
    }

    private func money(_ currency: Currency?, example: String) throws(RequestError) -> Money {
        do throws(RequestError) {
            guard let money = try TargetEntry.read(value, currency: currency) else {
                throw RequestError.invalid(field: "value", "Write an amount such as \(example).")
            }
            return money
        } catch {
            // What a target price says of itself is said of the form's own field.
            guard case .invalid(_, let sentence) = error else { throw error }
            throw .invalid(field: "value", sentence)
        }
    }

    private func number(in range: ClosedRange<Int>, _ sentence: String) throws(RequestError) -> Int {
        let text = value.trimmingWhitespace()
        let digits = text.hasSuffix("%") ? String(text.dropLast()).trimmingWhitespace() : text
        guard let number = Int(digits), range.contains(number) else { throw .invalid(field: "value", sentence) }
        return number
    }

    /// The end of the last day, by UTC.
    private func expiry(now: Timestamp) throws(RequestError) -> Timestamp? {
        guard let text = until?.trimmingWhitespace(), !text.isEmpty else { return nil }
        guard let end = Timestamp(endOfDay: text) else {
            throw .invalid(field: "until", "The last day must be a date such as 2026-12-24.")
        }
        guard end > now else { throw .invalid(field: "until", "The last day must not be over yet.") }
        return end
    }
}
