import Hummingbird
import ServiceLifecycle

/// `GET /live`: server-sent events for open pages, which ask for themselves again when one comes.
///
/// Events say only that something may have changed, not what: a page shows what its person may see, so it is made by the
/// same routes as before. <https://html.spec.whatwg.org/multipage/server-sent-events.html>
struct LivePages: Sendable {
    let news: PageNews
    let limits: WebLimits

    func add(to router: some RouterMethods<WebContext>) {
        router.get("/live") { request, context in
            _ = try PageCall(request, context)
            return Response(
                status: .ok,
                // Proxies hold back what they could send in larger pieces.
                headers: [.contentType: "text/event-stream", .accelBuffering: "no"],
                body: .init(asyncSequence: LiveEvents(news: news, limits: limits))
            )
        }
    }
}
