import Model
import PluginAPI

/// Weighs all candidates for one page, wherever they come from.
///
/// Ways of reading that agree raise the confidence, those that contradict lower it; where two contradict and neither is
/// clearly better, there is no price.
struct Judge {
    let survey: Survey
    let candidates: [Candidate]
    /// The id of the plugin that read the page, if one did.
    let plugin: String?

    /// What the candidates come to.
    struct Verdict {
        var price: Money?
        var priceText: String?
        var strategy: String?
        var confidence = 0.0
        /// A sentence, where prices contradict each other or one cannot be read.
        var doubt: String?
        var listPrice: Money?
        var listPriceText: String?
        var availability = Availability.unknown
        var title: String?
        var image: String?
        var seller: String?
        var shipping: Money?
    }

    /// One amount and who reads it.
    private struct Group {
        let money: Money
        var members: [Candidate]
        var support = 0.0

        /// Whether any other way of reading than the visible text knows it.
        var isNamed: Bool { members.contains { $0.strategy != VisibleStrategy.name } }
        /// How likely it is by what is seen alone.
        var sight: Double { members.first { $0.strategy == VisibleStrategy.name }?.confidence ?? 0 }
        /// Who is named for it: of several the surest that has a name of its own for the price, so that the strategy of a
        /// page stays the same whatever else can be seen on it.
        var best: Candidate? {
            members.max { one, other in
                let (isOne, isOther) = (one.strategy != VisibleStrategy.name, other.strategy != VisibleStrategy.name)
                return isOne == isOther ? one.confidence < other.confidence : isOther
            }
        }
    }

    /// Below this nothing is said about a price.
    static let least = 0.3

    func verdict() -> Verdict {
        var verdict = Verdict()
        judgePrice(&verdict)
        judgeListPrice(&verdict)
        verdict.availability = availability()
        // Shops show a price for what they sell; those that are out say so.
        if verdict.availability == .unknown, verdict.price != nil { verdict.availability = .inStock }
        verdict.title = best { if case .title(let text) = $0 { text } else { nil } }.flatMap {
            TitleText.clean($0, survey)
        }
        verdict.image = best { if case .image(let text) = $0 { text } else { nil } }
        verdict.seller = best { if case .seller(let text) = $0 { text } else { nil } }
        verdict.shipping = best { if case .shipping(let money) = $0 { money } else { nil } }
        return verdict
    }

    private func judgePrice(_ verdict: inout Verdict) {
        var groups = groups().sorted { $0.support > $1.support }
        // What the shop's own data says of this very product counts before what others agree on, such as the least price
        // of all variants.
        let own = groups.firstIndex { $0.members.contains { $0.strategy == plugin && $0.confidence >= 0.9 } }
        if let own { groups.insert(groups.remove(at: own), at: 0) }
        let doubt = candidates.lazy.compactMap(\.doubt).first
        guard let winner = groups.first, winner.support >= Self.least else {
            verdict.doubt = doubt?.why
            return
        }
        // One of the prices that the shop itself names: that it is seen as well has been weighed there.
        if let doubt, doubt.readings.count > 1, !winner.isNamed, doubt.readings.contains(winner.money.decimal) {
            verdict.doubt = doubt.why
            return
        }
        let rival = groups.dropFirst().first
        let against = rival?.support ?? 0
        if let rival, own == nil, against > 0.45, winner.support - against < 0.04 {
            verdict.doubt =
                "The page shows \(winner.money.displayText) and \(rival.money.displayText), and nothing says which one "
                + "is the price."
            return
        }
        verdict.price = winner.money
        verdict.priceText = winner.best?.text
        verdict.strategy = winner.best?.strategy
        let rest = 1 - (winner.support - weight(of: rival, against: winner) * against)
        verdict.confidence = max(0.05, min(0.99, 1 - rest * statedDoubt(winner.money, rival?.money)))
    }

    /// How much a contradiction counts.
    private func weight(of rival: Group?, against winner: Group) -> Double {
        guard let rival, winner.isNamed, !rival.isNamed else { return 0.35 }
        // That it is not the only one that is seen has lowered the trust in the winner's own sight already.
        if winner.sight > rival.sight { return 0 }
        // What is only seen somewhere says little against what markup names.
        return 0.15
    }

    /// What is left of a doubt where scripts give the amount too, and not the one that contradicts it.
    private func statedDoubt(_ money: Money, _ rival: Money?) -> Double {
        let (own, other) = (survey.stated.support(money), rival.map { survey.stated.support($0) } ?? .none)
        guard own > other else { return 1 }
        return own == .strong ? 0.5 : 0.75
    }

    private func groups() -> [Group] {
        var groups: [Group] = []
        let isOnRequest = survey.isOnRequest
        for candidate in candidates {
            guard case .price(let money) = candidate.value else { continue }
            // Shop systems want an amount where there is none.
            if isOnRequest, candidate.strategy != plugin, money.isPlaceholder { continue }
            if let index = groups.firstIndex(where: { $0.money == money }) {
                groups[index].members.append(candidate)
            } else {
                groups.append(Group(money: money, members: [candidate]))
            }
        }
        for index in groups.indices { groups[index].support = support(groups[index]) }
        return groups
    }

    /// 0…1, from independent ways of reading and from what can be seen on the page.
    private func support(_ group: Group) -> Double {
        var byStrategy: [String: Double] = [:]
        for member in group.members {
            byStrategy[member.strategy] = max(byStrategy[member.strategy] ?? 0, member.confidence)
        }
        var doubt = byStrategy.values.reduce(1) { $0 * (1 - $1) }
        if byStrategy[VisibleStrategy.name] == nil { doubt = shownDoubt(group.money, doubt) }
        // Called the old price by someone who also knows a lower one.
        if isOldPrice(group.money) { doubt = 1 - (1 - doubt) * 0.5 }
        return 1 - doubt
    }

    private func isOldPrice(_ money: Money) -> Bool {
        let owners = candidates.filter { if case .listPrice(money) = $0.value { true } else { false } }.map(\.strategy)
        return candidates.contains { candidate in
            guard case .price(let other) = candidate.value, owners.contains(candidate.strategy) else { return false }
            return other.currency == money.currency && other.minor < money.minor
        }
    }

    /// Whether a price from markup is seen on the page at all, and how.
    private func shownDoubt(_ money: Money, _ doubt: Double) -> Double {
        let shown = survey.visible.spots.filter { $0.money == money }
        if shown.contains(where: { !$0.isList && $0.score > 1 }) { return doubt * 0.6 }
        if !shown.isEmpty, shown.allSatisfy(\.isList) { return 1 - (1 - doubt) * 0.6 }
        return survey.visible.ranked.isEmpty ? doubt : 1 - (1 - doubt) * 0.9
    }

    private func judgeListPrice(_ verdict: inout Verdict) {
        guard let price = verdict.price else { return }
        let named = candidates.filter { candidate in
            guard case .listPrice(let money) = candidate.value else { return false }
            return money.currency == price.currency && money.minor > price.minor
        }
        if let best = named.max(by: { $0.confidence < $1.confidence }), case .listPrice(let money) = best.value {
            verdict.listPrice = money
            verdict.listPriceText = best.text
        } else if let spot = survey.visible.listPrice(for: price) {
            verdict.listPrice = spot.money
            verdict.listPriceText = spot.text
        }
    }

    /// The surest word counts.
    private func availability() -> Availability {
        best { if case .availability(let value) = $0 { value } else { nil } } ?? .unknown
    }

    private func best<Value>(_ value: (Candidate.Value) -> Value?) -> Value? {
        var best: (Value, Double)?
        for candidate in candidates {
            guard let found = value(candidate.value), candidate.confidence > best?.1 ?? -1 else { continue }
            best = (found, candidate.confidence)
        }
        return best?.0
    }
}

extension Candidate {
    fileprivate var doubt: (why: String, readings: [String])? {
        if case .ambiguousPrice(let why, let readings) = value { (why, readings) } else { nil }
    }
}

extension Survey {
    /// Whether it is said near the product's name that the price has to be asked for.
    fileprivate var isOnRequest: Bool {
        guard let anchor else { return false }
        return outline.phrases.contains { $0.phrase == .onRequest && $0.node > anchor - 40 && $0.node < anchor + 600 }
    }
}

extension Money {
    /// Whether it is what people type where an amount is wanted and none is known: 9999, 99999.99, 1, 0.01, 123456.
    fileprivate var isPlaceholder: Bool {
        let digits = decimal.filter(\.isNumber)
        let whole = decimal.prefix { $0 != "." }
        if minor == 1 || digits.filter({ $0 != "0" }) == "1" { return true }
        let isEven = whole.count >= 3 && Set(whole).count == 1 && whole.first != "0"
        return isEven || ["1234", "12345", "123456"].contains(whole)
    }
}
