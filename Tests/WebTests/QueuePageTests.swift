import Hummingbird
import Model
import Monitoring
import Operations
import Queue
import SQL
import Testing

@testable import Web

struct QueuePageTests {
    /// As Redis lists a job that another program added under an id that is no text.
    @Test func `a job that cannot be named is shown without buttons`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            try await installation.queue.add([
                NewJob(id: "mail-\u{FFFD}", name: .checkPrice, payload: "{}", attempts: 1)
            ])
            for job in try await installation.queue.take(limit: 1, worker: "somebody") {
                try await installation.queue.finish(job, .giveUp(why: "Its id is not UTF-8."))
            }
            let failed = try await browser.get("/queue?state=failed")
            #expect(failed.words.contains("Its id is not UTF-8."))
            #expect(failed.field("job") == nil)
        }
    }

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

    @Test func `a person pauses the queue and lets it go on`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let page = try await browser.get("/queue")
            let token = ["formToken": page.field("formToken") ?? ""]
            #expect(!page.text.contains("/queue/resume"))
            #expect(
                try await browser.post("/queue/pause", token).location == "/queue?state=waiting&notice=queue-paused"
            )
            #expect(try await installation.queue.pausedSince() != nil)
            let paused = try await browser.get("/queue")
            #expect(paused.text.contains("action=\"/queue/resume\""))
            #expect(!paused.text.contains("/queue/pause"))
            #expect(PageRules.problems(in: paused.text).isEmpty)
            #expect(try await browser.post("/queue/resume", [:]).status == 403)
            #expect(try await browser.post("/queue/resume", token).status == 303)
            #expect(try await installation.queue.pausedSince() == nil)
        }
    }

    @Test func `a program sees the queue and sets jobs right`() async throws {
        try await Installation.with { installation in
            _ = try await installation.signedIn()
            let program = try await Program(installation)
            try await installation.queue.add([NewJob(id: "tea", name: "make-tea", payload: "{}")])
            let (_, queue) = try await program.ask(.get, "/queue")
            guard case .array(let jobs)? = queue["jobs"] else { throw RequestError.notFound("jobs") }
            #expect(jobs.map { $0["id"] } == ["tea"])
            #expect(queue["counts"]?["waiting"] == 1)
            #expect(queue["pausedSince"] == .null)
            let taken = try await installation.queue.take(limit: 1, worker: "somebody")
            try await installation.queue.finish(taken[0], .giveUp(why: "No water."))
            let (_, failed) = try await program.ask(.get, "/queue?state=failed")
            guard case .array(let given)? = failed["jobs"] else { throw RequestError.notFound("jobs") }
            #expect(given.map { $0["problem"] } == ["No water."])
            #expect(try await program.ask(.post, "/queue/retry", ["job": "tea"]).0.status == 202)
            #expect(try await program.ask(.post, "/queue/retry", ["job": "tea"]).0.status == 404)
            #expect(try await program.ask(.post, "/queue/pause").0.status == 204)
            #expect(try await program.ask(.get, "/queue").1["pausedSince"] != .null)
            #expect(try await program.ask(.post, "/queue/resume").0.status == 204)
            #expect(try await program.ask(.post, "/queue/remove", ["job": "tea"]).0.status == 204)
            #expect(try await !installation.queue.isPending("tea"))
            for path in ["/queue?state=lost", "/queue?page=0"] {
                #expect(try await program.ask(.get, path).0.status == 422)
            }
        }
    }

    @Test func `other people's jobs are counted and not shown`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            _ = try await installation.product()
            let listing = try await installation.database.read { connection in
                try connection.row("SELECT id FROM listing")?.text("id") ?? ""
            }
            try await installation.queue.add([
                NewJob(id: "check-\(listing)-1", name: .checkPrice, payload: "{}"),
                NewJob(id: "tea", name: "make-tea", payload: "{}"),
            ])
            #expect(try await browser.get("/queue").text.contains("check-\(listing)-1"))
            let other = try await installation.signedIn(as: "nils")
            let page = try await other.get("/queue")
            #expect(!page.text.contains(listing))
            #expect(page.text.contains("tea"))
            #expect(page.words.contains("One job of this page is about what somebody else watches."))
            let fields = ["formToken": page.field("formToken") ?? "", "job": "check-\(listing)-1"]
            #expect(try await other.post("/queue/remove", fields).status == 404)
            #expect(try await installation.queue.isPending("check-\(listing)-1"))
        }
    }

    @Test func `nobody sees it who is not signed in`() async throws {
        try await Installation.with { installation in
            let browser = Browser(try installation.server())
            #expect(try await browser.get("/queue").status != 200)
        }
    }
}
