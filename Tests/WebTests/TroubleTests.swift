import Hummingbird
import Model
import Monitoring
import Operations
import Queue
import SQL
import TestSupport
import Testing

@testable import Web

/// What people and programs are told when the database cannot be had.
struct TroubleTests {
    @Test(
        arguments: [
            (SQLError.crowded("full"), "Every connection to the database server is in use", "5"),
            (SQLError.busy("locked"), "Another program keeps the database locked", "5"),
            (.full("no room"), "disk that holds the database is full", "60"),
            (.readOnly("readonly"), "may be read but not written", "60"),
            (.damaged("malformed"), "cannot be read", "60"),
            (.unusable("disk I/O error"), "cannot be read", "60"),
            (.closed, "stopping or starting", "5"),
        ] as [(SQLError, String, String)]
    )
    func `trouble with the database is said in plain words`(error: SQLError, words: String, wait: String) {
        let notes = RequestNotes()
        let failure = Failure(error, notes: notes)
        #expect(failure.status == 503)
        #expect(failure.sentence.contains(words))
        #expect(failure.response[.retryAfterField] == wait)
        #expect(notes.error?.isEmpty == false)
    }

    @Test(
        arguments: [
            (RedisError.unreachable("gone"), "holds the jobs (Redis) cannot be reached", "5"),
            (.busy("loading"), "holds the jobs (Redis) cannot be reached", "5"),
            (.full("OOM"), "holds the jobs (Redis) is full", "60"),
        ] as [(RedisError, String, String)]
    )
    func `trouble with the queue's server is said in plain words`(error: RedisError, words: String, wait: String) {
        let notes = RequestNotes()
        let failure = Failure(error, notes: notes)
        #expect(failure.status == 503)
        #expect(failure.sentence.contains(words))
        #expect(failure.response[.retryAfterField] == wait)
        #expect(notes.error?.isEmpty == false)
    }

    @Test func `an error of our own says nothing from inside`() {
        let failure = Failure(SQLError.statement("SELECT secret", code: "1", message: "x"), notes: RequestNotes())
        #expect(failure.status == 500)
        #expect(!failure.sentence.contains("secret"))
    }

    @Test func `a closed database is a page with the request's id, and a problem document for programs`() async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            await installation.database.close()
            let page = try await browser.get("/")
            #expect(page.status == 503)
            #expect(page.words.contains("stopping or starting"))
            #expect(page.words.contains("request.id=\(try #require(page.headers[.requestID]))"))
            let answer = try await browser.send(.get, "/api/v1/products", [.authorization: "Bearer x"], "")
            #expect(answer.status == 503)
            #expect(answer.headers[.contentType] == "application/problem+json")
            let request = try JSON(reading: answer.text)["request"]
            #expect(request == .string(try #require(answer.headers[.requestID])))
        }
    }
}
