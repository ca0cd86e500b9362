import Model
import Testing

@testable import Queue

/// What a worker remembers of its jobs ends with them.
struct WatchTests {
    @Test func `a lease that was ended is not remembered`() {
        let job = HeldJob(id: "a", lease: "lease", until: Timestamp(milliseconds: 30_000))
        for isForgotten in [false, true] {
            let watch = LeaseWatch(patience: .seconds(15))
            watch.saw([job], at: .zero)
            if isForgotten { watch.forget(["a"]) }
            #expect(watch.unrenewed([job], at: .seconds(20)) == (isForgotten ? [] : [job]))
            #expect(watch.unrenewed([job], at: .seconds(40)) == [job])
        }
    }

    @Test func `a lock that was ended is not remembered`() {
        let job = LockWatch.Held(id: "a", lock: "", until: 0, turn: "1")
        for isForgotten in [false, true] {
            let watch = LockWatch(patience: .seconds(15), lease: .seconds(30))
            watch.saw([job], at: .zero)
            if isForgotten { watch.forget(["a"]) }
            #expect(watch.dead([job], at: .seconds(20)) == (isForgotten ? [] : [job]))
            #expect(watch.dead([job], at: .seconds(40)) == [job])
        }
    }
}
