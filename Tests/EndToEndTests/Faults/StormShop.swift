import Glibc
import Synchronization
import TestSupport

/// A slow shop whose prices move only when the test says so, each product by itself.
final class StormShop: Sendable {
    private final class Moments: Sendable {
        /// By product number.
        let of = Mutex<[Int: Int]>([:])
    }

    private let moments: Moments
    private let server: TestServer

    /// Falls under the target of 97.00 twice, and between the two rises by enough for the rule to wait again.
    static let prices = [10000, 9500, 10050, 9450, 10100]
    static let target = 9700

    /// Of these products a price stays until its mail has come; of others it moves on, which takes a mail back that is late.
    ///
    /// Not of all, or there would be nothing to do while no mail comes.
    static func isPatient(_ number: Int) -> Bool { number.isMultiple(of: 4) }

    /// `seed` decides how slow each answer is: a shop is never equally fast.
    init(seed: UInt64) throws {
        let moments = Moments()
        self.moments = moments
        server = try TestServer { request in
            guard let number = Int(request.path.dropFirst()) else { return .response(404) }
            let moment = moments.of.withLock { $0[number, default: 0] }
            var luck = Luck(seed: seed &+ UInt64(number * 8 + moment))
            usleep(UInt32.random(in: 20_000..<200_000, using: &luck))
            let minor = Self.prices[min(moment, Self.prices.count - 1)]
            let price = "\(minor / 100).\(minor % 100 < 10 ? "0" : "")\(minor % 100)"
            return .page(ShopPage(name: "Article \(number)", price: price).html)
        }
    }

    func address(of number: Int) -> String { "\(server.url(host: Shop.host))/\(number)" }

    /// From now on the product costs `prices[moment]`.
    func move(_ number: Int, to moment: Int) { moments.of.withLock { $0[number] = moment } }

    var visits: Int { server.requests.count }

    /// How often each page of a product was asked for.
    var visitsByNumber: [Int: Int] {
        server.requests.reduce(into: [:]) { visits, request in
            if let number = Int(request.path.dropFirst()) { visits[number, default: 0] += 1 }
        }
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct Luck: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
