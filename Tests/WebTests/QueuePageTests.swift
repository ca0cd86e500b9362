import Model
import Queue
import Testing

@testable import Web

struct QueuePageTests {
    @Test func `jobs of each state are shown, tried again and removed`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let empty = try await browser.get("/queue")
            #expect(empty.words.contains("No job waits"))
            try await installation.queue.add(
                (1...3).map { NewJob(id: "check-\($0)-x", name: .checkPrice, payload: "{}", attempts: 3) }
            )
            for job in try await installation.queue.take(limit: 2, worker: "somebody") where job.id == "check-1-x" {
                try await installation.queue.finish(job, .giveUp(why: "The shop <is> gone."))
            }
            let active = try await browser.get("/queue?state=active")
            #expect(active.words.contains("Check a price"))
            #expect(active.words.contains("with somebody"))
            #expect(active.field("job") == nil, "what a worker has can't be removed")

            let failed = try await browser.get("/queue?state=failed")
            #expect(failed.words.contains("failed 1 of 3 tries"))
            #expect(failed.text.contains("The shop &lt;is&gt; gone."))
            #expect(PageRules.problems(in: failed.text).isEmpty)
            let fields = ["formToken": failed.field("formToken") ?? "", "job": "check-1-x", "state": "failed"]
            #expect(try await browser.post("/queue/retry", ["job": "check-1-x"]).status == 403)
            let retried = try await browser.post("/queue/retry", fields)
            #expect(retried.location == "/queue?state=failed&notice=job-retried")
            #expect(try await browser.get("/queue?state=failed").words.contains("No job was given up."))
            #expect(try await browser.post("/queue/retry", fields).status == 404)

            let waiting = try await browser.get("/queue?state=waiting")
            #expect(waiting.text.contains("check-1-x"))
            _ = try await browser.post("/queue/remove", fields)
            #expect(try await !installation.queue.isPending("check-1-x"))
            #expect(try await browser.post("/queue/remove", fields).words.contains("it is done or removed already"))
        }
    }

    @Test func `many jobs come page by page, and nonsense in the address is the first page`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            try await installation.queue.add(
                (10...69).map { NewJob(id: "check-\($0)-x", name: .checkPrice, payload: "{}") }
            )
            try await installation.queue.pause()
            let first = try await browser.get("/queue?state=nonsense&page=-7")
            #expect(first.words.contains("1–25 of 60"))
            #expect(first.words.contains("The queue is paused"))
            #expect(first.text.contains("/queue?state=waiting&amp;page=2"))
            let last = try await browser.get("/queue?state=waiting&page=3")
            #expect(last.words.contains("51–60 of 60"))
            #expect(last.text.contains("check-69-x"))
            #expect(!last.text.contains("rel=\"next\""))
            #expect(try await browser.get("/queue?state=waiting&page=99").words.contains("None of 60"))
        }
    }

    @Test func `nobody sees it who is not signed in`() async throws {
        try await Installation.with { installation in
            let browser = Browser(try installation.server())
            #expect(try await browser.get("/queue").status != 200)
        }
    }
}
