import Model
import TestSupport

@testable import Monitoring

/// A year of one product at one shop, as a shop shows it: sales, flapping stock, another currency, nights in which the
/// price moves to and fro, pages that are wrong for one look, and days on which none can be read.
struct ShopYear: Sendable {
    /// What one look finds.
    struct Look: Sendable {
        let at: Timestamp
        let looked: Looked
    }

    /// What is true, at the looks that see it and may believe it.
    struct Truth: Hashable, Sendable {
        let at: Timestamp
        /// When the shop first showed this price in this state.
        let began: Timestamp
        let price: Money
        let isBuyable: Bool
    }

    private(set) var looks: [Look] = []
    private(set) var truths: [Truth] = []
    /// How many looks showed something that is not true.
    private(set) var glitches = 0

    private var dice: Dice
    private var price: Money
    private var isBuyable = true
    private var began: Timestamp
    /// The price to come back to, and when.
    private var sale: (usual: Int, days: Int)?
    private var soldOutDays = 0
    /// How many days more the shop can't be read.
    private var outage = 0
    /// Since when another currency is shown that is not believed yet, and by how many looks.
    private var foreign: (began: Timestamp, looks: Int)?

    /// A look a day, at a time of day of its own; the first one shows what a person saves.
    ///
    /// A rough year has nights and
    /// outages, too.
    init(seed: UInt64, start: Timestamp, days: Int, isRough: Bool) throws {
        dice = Dice(seed: seed)
        var rough = Dice(seed: seed &+ 1_000_000)
        began = start
        guard let euro = Currency(code: "EUR"), let dollar = Currency(code: "USD") else { throw NoCurrency() }
        price = Money(minor: Int.random(in: 1_000...90_000, using: &dice), currency: euro)
        let move = dice.chance(0.2) ? Int.random(in: 20..<max(21, days), using: &dice) : nil
        see(at: start)
        for day in 1...days {
            let at = start + .days(day) + .minutes(Int.random(in: 0...600, using: &dice))
            let before = price
            if let foreign {
                wait(at, foreign)
                continue
            }
            if isRough, outage == 0, rough.chance(0.02) { outage = Int.random(in: 2...5, using: &rough) }
            if outage > 0 {
                outage -= 1
                fail(at)
            } else if day == move, sale == nil, isBuyable {
                // A little more than the rate, so that the amount is another one.
                price = Money(minor: price.minor * 11 / 10 + 1, currency: dollar)
                for look in [at, at + .minutes(2)] { looks.append(Look(at: look, looked: looked(reading(price)))) }
                foreign = (at, 2)
                continue
            } else if let sale, sale.days <= 0 {
                price = Money(minor: sale.usual, currency: price.currency)
                self.sale = nil
                turn(at)
            } else if soldOutDays > 0 || (isBuyable && dice.chance(0.03)) {
                age(at)
            } else if sale == nil, dice.chance(0.04) {
                sale = (price.minor, Int.random(in: 1...9, using: &dice))
                price = Money(
                    minor: price.minor * Int.random(in: 25...55, using: &dice) / 100,
                    currency: price.currency
                )
                turn(at)
            } else if sale == nil, dice.chance(0.12) {
                price = Money(
                    minor: max(100, price.minor * Int.random(in: 66...138, using: &dice) / 100),
                    currency: price.currency
                )
                if price != before { began = at }
                see(at: at)
            } else if dice.chance(0.08) {
                slip(at: at)
            } else {
                see(at: at, isUnchanged: dice.chance(0.2))
            }
            if let sale { self.sale = (sale.usual, sale.days - 1) }
            if isRough, outage == 0, sale == nil, isBuyable, rough.chance(0.2) {
                night(after: start + .days(day), &rough)
            }
        }
    }

    /// Some looks at small moves between half past ten in the evening and five, UTC.
    ///
    /// The last is often back at the price of before. Each move is one that no second look is needed for.
    private mutating func night(after noon: Timestamp, _ dice: inout Dice) {
        let usual = price.minor
        for (place, minute) in [640, 760, 940].enumerated() {
            let percent = place == 2 && dice.chance(0.4) ? nil : Int.random(in: 86...115, using: &dice)
            let moved = percent.map { max(100, price.minor * $0 / 100) } ?? usual
            let at = noon + .minutes(minute)
            if moved != price.minor {
                price = Money(minor: moved, currency: price.currency)
                began = at
            }
            see(at: at)
        }
    }

    /// Another currency is believed after a day and three looks.
    private mutating func wait(_ at: Timestamp, _ foreign: (began: Timestamp, looks: Int)) {
        guard at - foreign.began >= .days(1) else {
            looks.append(Look(at: at, looked: looked(reading(price))))
            self.foreign = (foreign.began, foreign.looks + 1)
            return
        }
        began = foreign.began
        self.foreign = nil
        see(at: at)
    }

    private mutating func fail(_ at: Timestamp) {
        let outcomes: [Outcome] = [.blocked, .timeout, .unreachable]
        looks.append(Look(at: at, looked: looked(Reading(outcome: outcomes[outage % 3]))))
    }

    /// A move that one look alone does not prove.
    private mutating func turn(_ at: Timestamp) {
        began = at
        looks.append(Look(at: at, looked: looked(reading(price))))
        see(at: at + .minutes(2))
    }

    /// Sold out for some days, and back.
    private mutating func age(_ at: Timestamp) {
        if isBuyable {
            (isBuyable, soldOutDays) = (false, Int.random(in: 1...5, using: &dice))
            began = at
        } else {
            soldOutDays -= 1
            if soldOutDays == 0 { (isBuyable, began) = (true, at) }
        }
        see(at: at)
    }

    private mutating func see(at: Timestamp, isUnchanged: Bool = false) {
        let reading = isUnchanged ? Reading(outcome: .unchanged) : reading(price)
        looks.append(Look(at: at, looked: looked(reading)))
        truths.append(Truth(at: at, began: began, price: price, isBuyable: isBuyable))
    }

    /// A look that goes wrong; where something was read, the next one follows soon and shows what is true.
    private mutating func slip(at: Timestamp) {
        glitches += 1
        guard isBuyable, !dice.chance(0.25) else {
            let outcomes: [Outcome] = [.captcha, .blocked, .timeout, .unreachable, .noPrice, .ambiguous]
            looks.append(
                Look(at: at, looked: looked(Reading(outcome: outcomes.randomElement(using: &dice) ?? .captcha)))
            )
            return
        }
        let other = price.currency.code == "EUR" ? "GBP" : "EUR"
        let wrong: Reading
        switch Int.random(in: 0..<6, using: &dice) {
        case 0: wrong = reading(Money(minor: 0, currency: price.currency))
        case 1: wrong = reading(Money(minor: price.minor * 10, currency: price.currency))
        case 2: wrong = reading(Money(minor: price.minor * 100, currency: price.currency))
        case 3: wrong = reading(Money(minor: max(1, price.minor / 10), currency: price.currency))
        case 4: wrong = reading(Currency(code: other).map { Money(minor: price.minor, currency: $0) } ?? price)
        // Of another product beside it, which nothing else on the page says.
        default: wrong = reading(Money(minor: max(1, price.minor * 3 / 10), currency: price.currency), confidence: 0.4)
        }
        looks.append(Look(at: at, looked: looked(wrong)))
        see(at: at + .minutes(2))
    }

    private func reading(_ price: Money, confidence: Double = 0.93) -> Reading {
        Reading(
            outcome: isBuyable ? .ok : .outOfStock,
            price: price,
            availability: isBuyable ? .inStock : .outOfStock,
            strategy: "json-ld",
            confidence: confidence,
            evidence: ["json-ld", "visible"].map { strategy in
                Evidence(
                    field: .price,
                    strategy: strategy,
                    path: "offers.price",
                    text: "\(price)",
                    value: "\(price)",
                    confidence: 0.9
                )
            }
        )
    }

    private func looked(_ reading: Reading) -> Looked {
        Looked(
            reading: reading,
            status: 200,
            finalURL: "https://shop.test/",
            took: .milliseconds(10),
            validators: Listing.Validators()
        )
    }

    private struct NoCurrency: Error {}
}

/// Numbers that are the same for the same seed (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }
}
