import Model
import Synchronization
import TestSupport
import Testing

@testable import Deploy

/// Deployments that fail, that others began, and that Coolify forgets.
@Suite(.timeLimit(.minutes(20)))
struct RolloutTests {
    /// What the run ended with.
    private func error(of site: CoolifySite) async -> String {
        await #expect(throws: DeployError.self) { try await site.apply() }?.description ?? ""
    }

    @Test func `one that never gets healthy at first says so with its log, and the next run goes on`() async throws {
        var control = CoolifyControl()
        control.neverHealthy = ["price-monitor-web"]
        let bed = try await CoolifyBed(control)
        let site = bed.site()
        let text = await error(of: site)
        #expect(text.hasPrefix("The deployment of web failed.\nThe last lines of the deployment:\n"))
        #expect(text.contains("  New container is not healthy, rolling back to the old container."))
        #expect(text.contains("Nothing of it runs yet."))
        #expect(text.hasSuffix("then run “host --role deployer apply --environment staging”: it goes on from here."))
        #expect(!site.work.secrets.all.contains { text.contains($0) })
        try bed.coolify.change { $0.neverHealthy = [] }
        #expect(try await site.apply() == ["deploy-web", "deploy-worker", "deploy-scheduler"])
        #expect(try await site.changes() == [])
        await bed.close()
    }

    @Test func `while a new version does not get healthy the old one keeps serving`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        try bed.coolify.change { $0.neverHealthy = [String(CoolifyBed.newer.dropFirst(7))] }
        let text = await error(of: site.wishing({ _ in }, digest: CoolifyBed.newer))
        #expect(text.contains("The version that ran before keeps serving."))
        #expect(text.contains("The last lines of the application that runs:"))
        let web = try #require(try bed.coolify.state.applications.first)
        #expect(web.container?.image.hasSuffix(CoolifyBed.digest.dropFirst(7)) == true)
        // A plan with the old image wants what runs; with the new one it wants to go on.
        #expect(try await site.changes().map(\.id).contains("settings-web"))
        try await site.apply()
        #expect(try await site.changes() == [])
        await bed.close()
    }

    @Test func `of the scheduler there are never two, so a failure stops it and says so`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        try bed.coolify.change { $0.neverHealthy = ["price-monitor-scheduler"] }
        let text = await error(of: site.wishing { $0.applications[2].memory = "384m" })
        #expect(text.contains("nothing is scheduled until it runs again"))
        await bed.close()
    }

    @Test func `a deployment that somebody else began is waited for, and then comes ours`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let web = try await site.id(.web)
        try bed.coolify.change { $0.looks["deployment"] = 60 }
        _ = try await site.api.deploy(web)
        let newer = site.wishing({ $0.applications[0].memory = "2g" })
        try await newer.apply()
        #expect(bed.said.contains { $0.hasPrefix("web: another deployment is ") })
        #expect(try bed.coolify.state.deployments.filter { $0.application == web }.map(\.status).count == 3)
        #expect(try await newer.changes() == [])
        await bed.close()
    }

    @Test func `the id of a deployment that never was is exchanged for the one that is`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try await site.apply()
        let web = try await site.id(.web)
        let isDone = Mutex(false)
        // Just before ours the pipeline asks, so that Coolify answers ours with an id of nothing.
        bed.meanwhile { request in
            guard request.url.contains("/deploy?uuid=\(web)"),
                isDone.withLock({ isDone in
                    defer { isDone = true }
                    return !isDone
                })
            else { return }
            _ = try await site.api.deploy(web)
        }
        let newer = site.wishing({ $0.applications[0].memory = "2g" })
        try await newer.apply()
        #expect(try await newer.changes() == [])
        #expect(try bed.coolify.state.deployments.filter { $0.application == web }.count == 2)
        await bed.close()
    }

    @Test func `a full queue is waited for as long as it asks`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try bed.coolify.change {
            $0.troubles = [
                .init(
                    "POST",
                    "^/deploy$",
                    status: 429,
                    body: ["message": "Queue is full."],
                    headers: ["Retry-After": "60"]
                )
            ]
        }
        try await site.apply()
        #expect(bed.waits.contains(.seconds(60)))
        await bed.close()
    }

    @Test func `a deployment that never ends is given up after half an hour`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try bed.coolify.change { $0.looks["deployment"] = 1_000_000 }
        let text = await error(of: site)
        #expect(text.hasPrefix("web waits for its deployment, and that for more than 30 minutes."))
        #expect(text.contains("queue may be stuck"))
        await bed.close()
    }

    @Test func `one that Coolify never hears to be healthy is given up`() async throws {
        let bed = try await CoolifyBed()
        let site = bed.site()
        try bed.coolify.change { $0.looks["status"] = 1_000_000 }
        let text = await error(of: site)
        #expect(text.hasPrefix("web was deployed and does not get healthy: it is "))
        // It is not noted as deployed, so the next run does it again.
        try bed.coolify.change { $0.looks["status"] = 1 }
        #expect(try await site.apply().first == "deploy-web")
        await bed.close()
    }

    @Test func `a server whose disk is full, or an image that is not there, is told in Docker's words`() async throws {
        var control = CoolifyControl()
        control.images = ["ghcr.io/anna/prices": .init(tags: ["latest"])]
        let bed = try await CoolifyBed(control)
        let site = bed.site()
        #expect(await error(of: site).contains("manifest unknown"))
        try bed.coolify.change {
            $0.images = nil
            $0.diskFull = true
        }
        #expect(await error(of: site).contains("no space left on device"))
        await bed.close()
    }
}
