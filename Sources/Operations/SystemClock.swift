import FoundationEssentials
package import Model

/// The wall clock, for the few places where a process begins; everything below is given its `now`.
package enum SystemClock {
    package static func now() -> Timestamp {
        Timestamp(milliseconds: Int((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
