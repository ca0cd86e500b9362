import Model
import Monitoring
import Operations

extension JSON {
    init(rule: Rule, now: Timestamp) {
        let entry = AlertEntry(rule)
        let (state, since): (String, Timestamp?) =
            switch rule.condition(at: now) {
            case .expired(let since): ("expired", since)
            case .snoozed: ("snoozed", nil)
            case .fired(let since): ("fired", since)
            case .armed: ("armed", nil)
            }
        self = [
            "id": .string(rule.id.text),
            "product": .string(rule.product.text),
            "kind": .string(entry.kind),
            "value": entry.value.isEmpty ? .null : .string(entry.value),
            "sentence": .string(rule.sentence),
            "state": .string(state),
            "since": JSON(since),
            "snoozedUntil": JSON(rule.snoozedUntil.flatMap { $0 > now ? $0 : nil }),
            "coolDownSeconds": rule.coolDown.map { .integer(Int($0.components.seconds)) } ?? .null,
            "until": JSON(rule.expires.map { ($0 - .milliseconds(1)).dayDigits }),
            "firings": .integer(rule.firings),
            "lastFired": JSON(rule.lastFired),
            "reference": JSON(rule.reference),
        ]
    }

    init(doubt: Doubt) {
        self = [
            "id": .string(doubt.run.id.text),
            "product": .string(doubt.product.id.text),
            "listing": .string(doubt.listing.id.text),
            "name": .string(doubt.product.name),
            "url": .string(doubt.listing.address.text),
            "believed": JSON(doubt.believed),
            "read": JSON(doubt.run.price),
            "why": JSON(doubt.run.doubt),
            "since": JSON(doubt.run.from),
            "checks": .integer(doubt.run.checks),
            "nextCheck": JSON(doubt.listing.due),
            "evidence": .array(doubt.run.evidence.map(JSON.init(evidence:))),
        ]
    }
}
