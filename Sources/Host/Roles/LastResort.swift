import Operations
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ends the process when it has been told to stop and some part of it does not.
///
/// Nothing that was promised is lost by that: what is committed is committed, and leases run out.
struct LastResort: Service {
    let limit: Duration
    /// Told first of all that the process ends.
    let hurry: @Sendable () -> Void

    func run() async throws {
        try? await gracefulShutdown()
        hurry()
        // From here on the system's own answer to them: who asks a second time does not want to wait.
        signal(SIGTERM, SIG_DFL)
        signal(SIGINT, SIG_DFL)
        let thread = OwnThread(every: limit) {
            StandardError.write(
                "The process did not end within \(limit.wholeSeconds) s of being told to; it is ended now."
            )
            _exit(1)
        }
        thread.start()
    }
}
