import Hummingbird
import Testing

@testable import Web

struct LivePageTests {
    @Test func `an open page is told that something changed, and what came while nobody asked is one piece of news`()
        async throws
    {
        let news = PageNews()
        var events = LiveEvents(news: news, limits: WebLimits()).makeAsyncIterator()
        #expect(await events.text() == "retry: 3000\n\n")
        #expect(!news.takeChange())
        for _ in 0..<3 { news.changed() }
        #expect(news.takeChange())
        #expect(!news.takeChange())
        for _ in 0..<3 { news.tell() }
        #expect(await events.text() == "event: changed\ndata:\n\n")
        news.close()
        #expect(await events.text() == nil)
    }

    @Test func `a connection is tried now and then, and ends after a while`() async {
        var limits = WebLimits()
        (limits.livePulse, limits.livePage) = (.milliseconds(1), .milliseconds(20))
        var events = LiveEvents(news: PageNews(), limits: limits).makeAsyncIterator()
        var texts: Set<String> = []
        while let text = await events.text() { texts.insert(text) }
        #expect(texts.contains(":\n\n"))
    }

    @Test func `a page that is slow to read does not miss a change for the sake of a sign of life`() async throws {
        let news = PageNews()
        var limits = WebLimits()
        (limits.livePulse, limits.livePage) = (.milliseconds(1), .milliseconds(50))
        var events = LiveEvents(news: news, limits: limits).makeAsyncIterator()
        news.tell()
        // Many signs are due meanwhile.
        try await Task.sleep(for: .milliseconds(100))
        #expect(await events.text() == "event: changed\ndata:\n\n")
    }

    @Test func `only so many pages are told at once, and one that leaves makes room`() async {
        let news = PageNews()
        var limits = WebLimits()
        limits.live = 1
        let events = LiveEvents(news: news, limits: limits)
        do {
            var first = events.makeAsyncIterator()
            #expect(await first.text() == "retry: 3000\n\n")
            var second = events.makeAsyncIterator()
            #expect(await second.text() == "retry: 60000\n\n")
            #expect(await second.text() == nil)
            #expect(news.listeners == 1)
        }
        #expect(news.listeners == 0)
        news.close()
        var late = events.makeAsyncIterator()
        #expect(await late.text() == "retry: 60000\n\n")
    }

    @Test func `only who is signed in is told`() async throws {
        try await Installation.with { installation in
            let stranger = Browser(try installation.server())
            #expect(try await stranger.get("/live").status == 303)
            installation.news.close()
            let told = try await installation.signedIn().get("/live")
            #expect(told.headers[.contentType] == "text/event-stream")
            #expect(told.text == "retry: 60000\n\n")
        }
    }

    @Test func `pages that show what others change keep up with it, and forms stay as they are`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let script = Assets().script
            for path in ["/", "/alerts", "/channels", "/queue"] {
                #expect(try await browser.get(path).text.contains("<script src=\"\(script.path)\" defer>"), "\(path)")
            }
            for path in ["/products/new", "/digest", "/account", "/channels/new/pager"] {
                #expect(try await !browser.get(path).text.contains("<script"), "\(path)")
            }
            let served = try await browser.get(script.path)
            #expect(served.text == script.text)
            #expect(served.headers[.contentType] == "text/javascript; charset=utf-8")
            let policy = try await browser.get("/").headers[.contentSecurityPolicy] ?? ""
            #expect(policy.contains("script-src 'self';") && policy.contains("connect-src 'self';"))
        }
    }

    @Test func `a page that would be the same is not sent again`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let tag = try #require(try await browser.get("/channels").headers[.eTag])
            let again = try await browser.get("/channels", [.ifNoneMatch: tag])
            #expect(again.status == 304)
            #expect(again.text.isEmpty)
            #expect(try await browser.get("/alerts", [.ifNoneMatch: tag]).status == 200)
        }
    }

    @Test func `what a person changes is news, what they look at or what is refused is not`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            _ = installation.news.takeChange()
            let page = try await browser.get("/queue")
            #expect(try await browser.post("/queue/pause", [:]).status == 403)
            #expect(!installation.news.takeChange())
            let paused = try await browser.post("/queue/pause", ["formToken": page.field("formToken") ?? ""])
            #expect(paused.status == 303)
            #expect(installation.news.takeChange())
        }
    }
}

extension LiveEvents.AsyncIterator {
    fileprivate mutating func text() async -> String? { await next(isolation: nil).map { String(buffer: $0) } }
}
