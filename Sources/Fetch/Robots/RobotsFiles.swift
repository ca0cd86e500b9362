import Model
import PluginAPI
import Synchronization

/// The robots.txt of every shop that was asked, kept for a day.
final class RobotsFiles: Sendable {
    private struct Kept {
        let file: RobotsFile
        let etag: String?
        let lastModified: String?
        let at: ContinuousClock.Instant
    }

    private let kept = Mutex<[String: Kept]>([:])
    private let line = TurnLine()
    private let now: @Sendable () -> ContinuousClock.Instant
    private static let freshness: Duration = .seconds(24 * 3600)
    private static let most = 20_000

    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    /// What the file beside `target` says; `fetch` asks for it where it has to be asked for.
    ///
    /// Throws what `fetch` throws, and `unreachable` where the shop's server failed: then nothing may be asked (RFC 9309
    /// §2.3.1.4), unless an older copy is there.
    func file(
        for target: ExchangeTarget,
        userAgent: String,
        fetch: (HTTPRequest) async throws -> HTTPResponse
    ) async throws -> RobotsFile {
        let origin = "\(target.scheme)://\(target.name)"
        let product = RobotsFile.product(in: userAgent)
        let key = "\(origin) \(product)"
        if let fresh = fresh(key) { return fresh }
        // Many checks may want it at once; one asks.
        try await line.enter(key, places: 1)
        defer { line.leave(key) }
        if let fresh = fresh(key) { return fresh }
        let old = kept.withLock { $0[key] }
        var request = HTTPRequest(url: "\(origin)/robots.txt", headers: ["Accept": "text/plain,*/*;q=0.5"])
        request.headers["If-None-Match"] = old?.etag
        request.headers["If-Modified-Since"] = old?.lastModified
        let answer: HTTPResponse
        do {
            answer = try await fetch(request)
        } catch let error as ExchangeError {
            if let old { return old.file }
            // It redirects to an address that we do not ask, or in a circle: it cannot be had, so nothing is forbidden.
            if case .refused = error { return keep(.open, key, nil) }
            throw error
        }
        switch answer.status {
        case 304:
            if let old { return keep(old.file, key, answer, etag: old.etag, lastModified: old.lastModified) }
            return .open
        case 200..<300: return keep(RobotsFile(answer.body, product: product), key, answer)
        case 429, 500...:
            if let old { return old.file }
            throw ExchangeError.unreachable(
                "\(target.name) answered with status \(answer.status) when it was asked for its robots.txt; until it says "
                    + "what programs may look at, its pages are left alone. Try again later, or let the shop's setting "
                    + "obeyRobots be false."
            )
        default: return keep(.open, key, answer)
        }
    }

    private func fresh(_ key: String) -> RobotsFile? {
        let now = now()
        return kept.withLock { kept in kept[key].flatMap { now - $0.at < Self.freshness ? $0.file : nil } }
    }

    private func keep(
        _ file: RobotsFile,
        _ key: String,
        _ answer: HTTPResponse?,
        etag: String? = nil,
        lastModified: String? = nil
    ) -> RobotsFile {
        let entry = Kept(
            file: file,
            etag: answer?.headers["ETag"] ?? etag,
            lastModified: answer?.headers["Last-Modified"] ?? lastModified,
            at: now()
        )
        kept.withLock { kept in
            if kept.count >= Self.most {
                kept = kept.filter { entry.at - $0.value.at < Self.freshness }
                if kept.count >= Self.most { kept.removeAll() }
            }
            kept[key] = entry
        }
        return file
    }
}
