import Testing

@testable import Host

struct OrderedWorkTests {
    @Test func `results come in the order of the inputs, whichever is done first`() async {
        var seen: [Int] = []
        let odd = await OrderedWork.run(Array(0..<500)) { number in
            // Uneven amounts of work, so that later ones overtake earlier ones.
            (0..<(number % 7 == 0 ? 20_000 : 1)).reduce(number) { $0 &+ ($1 &- $1) }
        } each: { number in
            seen.append(number)
            return number % 2 == 1
        }
        #expect(seen == Array(0..<500))
        #expect(odd == 250)
    }

    @Test func `nothing in, nothing out`() async {
        let count = await OrderedWork.run([Int]()) {
            $0
        } each: { _ in
            true
        }
        #expect(count == 0)
    }
}
