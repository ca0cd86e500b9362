import Model
import Testing

@testable import Fetch

struct SiteStateTests {
    private let start = Timestamp(milliseconds: 1_800_000_000_000)
    private let policy = BreakerPolicy(failures: 3, firstPause: .seconds(60), longestPause: .seconds(200))

    private func failing(_ count: Int) -> SiteState {
        var state = SiteState()
        for _ in 0..<count { _ = state.apply(.failed("No.", spread: 0), now: start, policy: policy) }
        return state
    }

    private func probe(_ state: inout SiteState, at now: Timestamp) -> Bool {
        state.apply(.probing, now: now, policy: policy)
    }

    @Test func `opens after as many failures in a row as are set, and says until when`() {
        #expect(failing(2).gate(at: start) == .open)
        #expect(failing(3).gate(at: start) == .broken(until: start + .seconds(60)))
    }

    @Test func `what was written by a clock years ahead closes nothing when the clock is right again`() {
        let wrong = start + .days(400)
        var asked = SiteState()
        _ = asked.apply(.closed(for: .seconds(60), status: 429), now: wrong, policy: policy)
        #expect(asked.gate(at: start) == .open)
        var failed = SiteState()
        for _ in 0..<3 { _ = failed.apply(.failed("No.", spread: 0), now: wrong, policy: policy) }
        #expect(failed.gate(at: start) == .halfOpen)
        #expect(probe(&failed, at: start))
    }

    @Test func `a success in between begins the count anew`() {
        var state = failing(2)
        _ = state.apply(.succeeded, now: start, policy: policy)
        _ = state.apply(.failed("No.", spread: 0), now: start, policy: policy)
        #expect(state.gate(at: start) == .open)
    }

    @Test func `answers to what was asked before it opened do not open it further`() {
        #expect(failing(9).gate(at: start) == .broken(until: start + .seconds(60)))
    }

    @Test func `lets one probe through when its time is over, and another when the first said nothing`() {
        var state = failing(3)
        let later = start + .seconds(60)
        #expect(state.gate(at: later) == .halfOpen)
        #expect(probe(&state, at: later))
        #expect(state.gate(at: later) == .broken(until: later + SiteState.probeTime))
        #expect(!probe(&state, at: later))
        #expect(probe(&state, at: later + SiteState.probeTime))
    }

    @Test func `stays open longer after each probe that failed, up to a limit, and closes after one that did not`() {
        var state = failing(3)
        var now = start + .seconds(60)
        for pause in [120, 200, 200] {
            #expect(probe(&state, at: now))
            _ = state.apply(.failed("No.", spread: 0), now: now, policy: policy)
            #expect(state.gate(at: now) == .broken(until: now + .seconds(pause)))
            now = now + .seconds(pause)
        }
        _ = state.apply(.probing, now: now, policy: policy)
        _ = state.apply(.succeeded, now: now, policy: policy)
        #expect(state.gate(at: now) == .open)
        #expect(state.isWell(at: now))
    }

    @Test func `spreads the ends of pauses over a tenth`() {
        var state = failing(2)
        _ = state.apply(.failed("No.", spread: 1), now: start, policy: policy)
        #expect(state.gate(at: start) == .broken(until: start + .seconds(66)))
    }

    @Test func `never opens where that is set`() {
        var state = SiteState()
        for _ in 0..<1000 { _ = state.apply(.failed("No.", spread: 0), now: start, policy: BreakerPolicy(failures: 0)) }
        #expect(state.gate(at: start) == .open)
    }

    @Test func `keeps to the longest pause that the shop asked for, whatever comes meanwhile`() {
        var state = SiteState()
        _ = state.apply(.closed(for: .seconds(100), status: 429), now: start, policy: policy)
        _ = state.apply(.closed(for: .seconds(10), status: 503), now: start, policy: policy)
        _ = state.apply(.succeeded, now: start, policy: policy)
        #expect(state.gate(at: start + .seconds(99)) == .closed(until: start + .seconds(100), status: 503))
        #expect(state.gate(at: start + .seconds(100)) == .open)
    }
}
