import CCurl
import Glibc

/// A thread for calls that block, so that Swift's shared threads stay free.
enum NamedThread {
    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// `name` is what tools show, at most 15 bytes; the thread ends when `run` returns.
    static func start(_ name: String, _ run: @escaping @Sendable () -> Void) {
        CurlLibrary.prepare
        let body = Unmanaged.passRetained(Body(name: name, run: run))
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { context in
                if let context { NamedThread.enter(context) }
                return nil
            },
            body.toOpaque()
        )
        precondition(code == 0, "A thread cannot be started: \(String(cString: strerror(code))).")
        pthread_detach(thread)
    }

    private static func enter(_ context: UnsafeMutableRawPointer) {
        let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
        ccurl_name_thread(body.name)
        // libidn2 reads host names in the locale's character set, and a host name comes as UTF-8. This thread only.
        let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
        let before = locale.flatMap { uselocale($0) }
        body.run()
        if let locale {
            uselocale(before)
            freelocale(locale)
        }
    }
}

enum CurlLibrary {
    /// Once per process, before the first thread: libcurl's own initialisation is not safe beside other threads.
    static let prepare: Void = {
        let code = ccurl_global_init()
        precondition(code == CURLE_OK, "libcurl cannot be initialised: \(String(cString: curl_easy_strerror(code))).")
    }()
}
