import FoundationEssentials

/// What the workflow that builds, pushes and deploys must hold to, each with what is wrong where it does not.
enum WorkflowRule: CaseIterable {
    case branches, paths, pinned, permissions, testsFirst, runners, byDigest, tags, image, cache, deployment, secrets
    case shell, oneAtATime, timeLimits, machines

    func faults(_ workflow: Workflow) throws -> [String] {
        switch self {
        case .branches: branches(workflow)
        case .paths: try paths(workflow)
        case .pinned: pinned(workflow)
        case .permissions: permissions(workflow)
        case .testsFirst: testsFirst(workflow)
        case .runners: runners(workflow)
        case .byDigest: byDigest(workflow)
        case .tags: tags(workflow)
        case .image: try image(workflow)
        case .cache: cache(workflow)
        case .deployment: deployment(workflow)
        case .secrets: secrets(workflow)
        case .shell: shell(workflow)
        case .oneAtATime: oneAtATime(workflow)
        case .timeLimits: timeLimits(workflow)
        case .machines: machines(workflow)
        }
    }

    private func branches(_ workflow: Workflow) -> [String] {
        // Code of strangers would run with our rights under any event of a pull request.
        var faults = workflow.on.events == ["push", "workflow_dispatch"] ? [] : ["Events: \(workflow.on.events)"]
        if workflow.on.push?.branches != ["main", "dev"] { faults.append("It must run for main and dev only.") }
        return faults
    }

    /// What goes into the image or decides whether it is good starts a run, and nothing that is not there.
    private func paths(_ workflow: Workflow) throws -> [String] {
        let paths = workflow.on.push?.paths ?? []
        let wanted = [
            "Package.swift", "Sources/Host/Main.swift", "Plugins/Ntfy/Sources/Ntfy.swift",
            "Tests/ShippingTests/Checkout.swift", "containers/Dockerfile", "scripts/build", ".ci/run", ".dockerignore",
            Workflow.path, ".github/scripts/deploy",
        ]
        var faults = wanted.filter { name in
            !paths.contains { $0 == name || $0.hasSuffix("/**") && name.hasPrefix($0.dropLast(2)) }
        }.map { "\($0) starts no run." }
        for path in paths where path == "**" || path.hasPrefix("docs") { faults.append("\(path) needs no image.") }
        for path in paths {
            let place = path.hasSuffix("/**") ? String(path.dropLast(3)) : path
            if !FileManager.default.fileExists(atPath: Checkout.path(place)) { faults.append("There is no \(place).") }
        }
        return faults
    }

    /// A tag can be moved to other code; a commit cannot.
    private func pinned(_ workflow: Workflow) -> [String] {
        workflow.steps.compactMap(\.uses).filter { use in
            let version = use.drop { $0 != "@" }.dropFirst()
            return version.count != 40 || !version.allSatisfy { $0.isHexDigit && !$0.isUppercase }
        }
    }

    private func permissions(_ workflow: Workflow) -> [String] {
        var faults = workflow.permissions == ["contents": "read"] ? [] : ["Standard: \(workflow.permissions)"]
        let allowed = [
            "find": ["packages": "read"], "build": ["contents": "read", "packages": "write"],
            "publish": ["packages": "write"],
        ]
        for (name, job) in workflow.jobs where job.permissions != allowed[name] {
            faults.append("\(name): \(job.permissions ?? [:])")
        }
        for job in workflow.jobs.values {
            let checkouts = job.steps.filter { $0.action == "actions/checkout" }
            if checkouts.contains(where: { $0.with?["persist-credentials"] != "false" }) {
                faults.append("A checkout leaves the token behind.")
            }
        }
        return faults
    }

    private func testsFirst(_ workflow: Workflow) -> [String] {
        var faults = ["find", "build", "publish", "deploy"].filter { !workflow.jobs(before: $0).contains("test") }
            .map { "\($0) does not wait for the tests." }
        if !workflow.job("test").steps.contains(where: { $0.run == ".ci/run" }) { faults.append(".ci/run is not run.") }
        return faults
    }

    private func runners(_ workflow: Workflow) -> [String] {
        let matrix = workflow.job("build").strategy?.matrix.include ?? []
        let wanted = [
            ["arch": "amd64", "runner": "ubuntu-24.04"], ["arch": "arm64", "runner": "ubuntu-24.04-arm"],
        ]
        var faults = matrix == wanted ? [] : ["Built on: \(matrix)"]
        if workflow.job("build").runner != "${{ matrix.runner }}" { faults.append("build does not use its runners.") }
        if workflow.job("build").step("docker/build-push-action")?.with?["platforms"] != "linux/${{ matrix.arch }}" {
            faults.append("Each runner builds for its own processor.")
        }
        // An emulated processor takes an hour for what a real one does in ten minutes.
        if workflow.steps.contains(where: { $0.action == "docker/setup-qemu-action" }) { faults.append("Emulation.") }
        return faults
    }

    private func byDigest(_ workflow: Workflow) -> [String] {
        let build = workflow.job("build").step("docker/build-push-action")?.with ?? [:]
        let words = Set((build["outputs"] ?? "").split(separator: ",").map(String.init))
        var faults = Set(["push-by-digest=true", "name-canonical=true", "push=true"]).subtracting(words).sorted()
        if build["tags"] != nil { faults.append("A tag on the image for one processor would hide the other.") }
        let merge = workflow.job("publish").steps.first { $0.run?.contains("imagetools create") == true }
        for arch in ["amd64", "arm64"] {
            if workflow.job("build").outputs?["digest-\(arch)"] == nil { faults.append("build says no \(arch).") }
            if merge?.env?.values.contains(where: { $0.contains("needs.build.outputs.digest-\(arch)") }) != true {
                faults.append("publish leaves \(arch) out.")
            }
        }
        return faults
    }

    private func tags(_ workflow: Workflow) -> [String] {
        let metadata = workflow.job("publish").step("docker/metadata-action")?.with ?? [:]
        let tags = (metadata["tags"] ?? "").split(separator: "\n").map(String.init)
        let wanted = [
            "type=raw,value=latest,enable=${{ github.ref == 'refs/heads/main' }}",
            "type=raw,value=dev,enable=${{ github.ref == 'refs/heads/dev' }}",
            "type=sha,format=long",
        ]
        var faults = tags == wanted ? [] : ["Tags: \(tags)"]
        if metadata["flavor"] != "latest=false" { faults.append("“latest” must not come by itself.") }
        // A commit that has an image already is built no second time, and its image gets the branch's tag all the same.
        let publication = workflow.job("publish")
        if workflow.job("build").condition != "needs.find.outputs.digest == ''" { faults.append("Built twice.") }
        for result in ["needs.build.result == 'success'", "needs.build.result == 'skipped'"]
        where publication.condition?.contains(result) != true || publication.needs?.all != ["find", "build"] {
            faults.append("No tag where \(result).")
        }
        return faults
    }

    private func image(_ workflow: Workflow) throws -> [String] {
        let build = workflow.job("build").step("docker/build-push-action")?.with ?? [:]
        let dockerfile = try Dockerfile()
        var faults: [String] = []
        if build["file"] != Dockerfile.path || build["context"] != "." { faults.append("Built from elsewhere.") }
        if build["target"] != dockerfile.stages.last?.name { faults.append("Not the image with everything.") }
        if workflow.job("test").container?.image != dockerfile.stages.first?.base {
            faults.append("Tested with another Swift than the image is built with.")
        }
        return faults
    }

    private func cache(_ workflow: Workflow) -> [String] {
        let build = workflow.job("build").step("docker/build-push-action")?.with ?? [:]
        var faults: [String] = []
        // Without a scope of its own each processor would throw away the other's.
        if build["cache-from"] != "type=gha,scope=${{ matrix.arch }}" { faults.append("cache-from") }
        if build["cache-to"] != "type=gha,scope=${{ matrix.arch }},mode=max" { faults.append("cache-to") }
        return faults
    }

    private func deployment(_ workflow: Workflow) -> [String] {
        let job = workflow.job("deploy")
        var faults: [String] = []
        let words = (job.condition ?? "").split(separator: " ").joined(separator: " ")
        let wanted = "${{ !cancelled() && needs.publish.result == 'success' && github.ref == 'refs/heads/main' }}"
        if words != wanted { faults.append("Deployed from other branches too, or not where nothing had to be built.") }
        if !workflow.jobs(before: "deploy").contains("publish") { faults.append("Deployed before it is pushed.") }
        if !job.steps.contains(where: { $0.run == ".github/scripts/deploy" }) { faults.append("Nothing is deployed.") }
        for name in ["TOKEN", "WEBHOOK_WEB", "WEBHOOK_WORKER", "WEBHOOK_SCHEDULER"]
        where !job.reads(secret: "COOLIFY_\(name)") {
            faults.append("COOLIFY_\(name) is not handed over.")
        }
        return faults
    }

    private func secrets(_ workflow: Workflow) -> [String] {
        workflow.jobs.filter { $0.key != "deploy" && $0.value.reads(secret: "COOLIFY") }.map {
            "\($0.key) can read how to deploy."
        }
    }

    /// What GitHub puts into a script becomes part of the script, whatever it says; a variable stays a text.
    private func shell(_ workflow: Workflow) -> [String] {
        workflow.steps.filter { $0.run != nil }.compactMap { step in
            if step.run?.contains("${{") == true { return "\(step.name ?? "A step") has texts put into its script." }
            // Only with this shell a failure in the middle of a pipe is one.
            return step.shell == "bash" ? nil : "\(step.name ?? "A step") does not name its shell."
        }
    }

    private func oneAtATime(_ workflow: Workflow) -> [String] {
        let wanted = ["group": "build-and-push-${{ github.ref }}", "cancel-in-progress": "false"]
        return workflow.concurrency == wanted ? [] : ["\(workflow.concurrency)"]
    }

    private func timeLimits(_ workflow: Workflow) -> [String] {
        workflow.jobs.filter { Int($0.value.timeout ?? "") == nil }.map { "\($0.key) may hang for six hours." }
    }

    /// Without these rights the tests that mount and make networks cannot run, and a test that did not run is a failure.
    private func machines(_ workflow: Workflow) -> [String] {
        let container = workflow.job("test").container
        var faults = Set(["SYS_ADMIN", "NET_ADMIN"]).subtracting(container?.added ?? []).sorted()
        if container?.options?.contains("apparmor=unconfined") != true { faults.append("AppArmor forbids to mount.") }
        return faults
    }
}
