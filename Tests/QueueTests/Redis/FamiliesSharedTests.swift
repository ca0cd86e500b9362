import Model
import Queue
import TestSupport
import Testing

/// A client's parents begin when we are done with their children.
@Suite(.timeLimit(.minutes(20)))
struct FamiliesSharedTests {
    @Test(arguments: BullClient.Version.allCases)
    func `a parent follows its child, whoever does it`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.addFamily()
            #expect(try await test.takeIDs(1) == ["child"])
            #expect(try await test.client.state(of: "parent") == "waiting-children")
            #expect(try await test.takeIDs() == [])
            try test.loseWorker(of: "child")
            #expect(try await test.recover() == 1)
            try await test.queue.finish(try await test.takeOne(), .finished)
            let parent = try await test.takeOne()
            #expect(parent.id == "parent")
            #expect(try JSON(parent.payload) == ["to": "ü"])
            #expect(
                try await test.client.ask("children", ["id": "parent"])
                    == .object(["\(test.keys)child": nil])
            )
            #expect(try await test.queue.finish(parent, .finished))
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a parent is ours when a client is done with its child`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.addFamily()
            #expect(try await test.client.take() == "child")
            try await test.client.complete("child", "Ü")
            #expect(try await test.takeIDs() == ["parent"])
            let result = try #require(try test.redis("HGET", "parent:processed", "\(test.keys)child").text)
            #expect(try JSON(result) == "Ü")
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a parent fails with its child where it should`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.addFamily(["failParentOnFailure": true])
            try await test.queue.finish(try await test.takeOne(), .giveUp(why: "Nö."))
            #expect(try await test.takeIDs() == [])
            #expect(
                try await test.queue.failures(of: ["child", "parent"])
                    == ["child": "Nö.", "parent": "child \(test.keys)child failed"]
            )
            #expect(try await test.client.state(of: "parent") == "failed")
        }
    }

    @Test(
        arguments: BullClient.Version.allCases,
        ["continueParentOnFailure", "ignoreDependencyOnFailure", "removeDependencyOnFailure"]
    )
    func `a parent goes on without its child where it may`(version: BullClient.Version, rule: String) async throws {
        try await Interop.with(version) { test in
            try await test.client.addFamily([rule: true])
            try await test.queue.finish(try await test.takeOne(), .giveUp(why: "Nö."))
            #expect(try await test.takeIDs() == ["parent"])
            let kept = try test.redis("HGET", "parent:failed", "\(test.keys)child").text
            #expect(kept == (rule == "removeDependencyOnFailure" ? nil : "Nö."))
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a parent without a rule waits until its child is tried again`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.addFamily()
            try await test.queue.finish(try await test.takeOne(), .giveUp(why: "Nö."))
            #expect(try await test.client.state(of: "parent") == "waiting-children")
            try await test.client.job("child", "retry", "failed")
            try await test.queue.finish(try await test.takeOne(), .finished)
            #expect(try await test.takeIDs() == ["parent"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a client's worker does our parents and children`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            var children = ["a", "b", "bad"].map { NewChild(.sample($0, priority: 4), failure: .ignores) }
            children[0].job.payload = #"{"gives":"Ü"}"#
            children[2].job.payload = #"{"never":"Nö."}"#
            #expect(try await test.queue.addFlow(.sample("parent"), children: children))
            #expect(try await test.queue.addFlow(.sample("parent"), children: children) == false)
            let told = try await test.client.work(4)
            #expect(told.map { $0["job"]["id"] } == ["a", "b", "bad", "parent"])
            #expect(told.map { $0["end"] } == ["completed", "completed", "failed", "completed"])
        }
    }

    @Test func `a child of two parents is refused, and nothing is added`() async throws {
        try await Interop.with(.v6) { test in
            try await test.queue.add([.sample("waits")])
            #expect(try await test.queue.addFlow(.sample("first"), children: [NewChild(.sample("waits"))]))
            let error = await #expect(throws: QueueError.self) {
                try await test.queue.addFlow(
                    .sample("second"),
                    children: [NewChild(.sample("new")), NewChild(.sample("waits"))]
                )
            }
            #expect(error.map { "\($0)".contains("waits") } == true)
            #expect(try await test.queue.isPending("second") == false)
            #expect(try await test.queue.isPending("new") == false)
            try await test.queue.finish(try await test.takeOne(), .finished)
            #expect(try await test.takeIDs() == ["first"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a parent may be in another queue`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.addFamily(queue: "elsewhere")
            try await test.queue.finish(try await test.takeOne(), .finished)
            let other = try BullClient(version, prefix: test.prefix, queue: "elsewhere")
            defer { other.close() }
            #expect(try await other.take() == "parent")
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a job that was given children while it ran waits for them`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.add("late")
            let parent = try await test.takeOne()
            let place: JSON = ["id": "late", "queue": .string("\(test.prefix):\(Interop.name)")]
            try await test.client.add("child", ["parent": place])
            #expect(try await test.queue.finish(parent, .finished))
            #expect(try await test.client.state(of: "late") == "waiting-children")
            try await test.queue.finish(try await test.takeOne(), .finished)
            #expect(try await test.takeIDs() == ["late"])
        }
    }

    @Test(arguments: BullClient.Version.allCases)
    func `a child that a client removes is not waited for`(version: BullClient.Version) async throws {
        try await Interop.with(version) { test in
            try await test.client.addFamily()
            try await test.client.queue("remove", "child")
            #expect(try await test.takeIDs() == ["parent"])
        }
    }
}

extension BullClient {
    /// A parent and its child in this queue; the parent may be in another one.
    func addFamily(_ options: [String: JSON] = [:], queue: String = Interop.name) async throws {
        let child: JSON = [
            "name": "check-price", "queueName": .string(Interop.name), "data": ["url": "x"],
            "opts": .object(options.merging(["jobId": "child"]) { $1 }),
        ]
        try await ask(
            "flow",
            [
                "tree": [
                    "name": "send-digest", "queueName": .string(queue), "data": ["to": "ü"],
                    "opts": ["jobId": "parent"], "children": [child],
                ]
            ]
        )
    }
}
