import Testing

/// The workflow that ships the image, held to its rules, and the rules held to what breaks them.
struct WorkflowTests {
    @Test(arguments: WorkflowRule.allCases)
    func `the workflow keeps the rule`(rule: WorkflowRule) async throws {
        let workflow: Workflow = try await Checkout.yaml(Checkout.text(Workflow.path))
        #expect(try rule.faults(workflow) == [])
    }

    /// A rule, and an edit of the workflow that breaks it.
    private static let breaks: [(WorkflowRule, String, String)] = [
        (.branches, "branches: [main, dev]", "branches: [main, dev, \"feature/**\"]"),
        (.branches, "  workflow_dispatch:", "  workflow_dispatch:\n  pull_request_target:"),
        (.paths, "      - Sources/**\n", ""),
        (.paths, "- Sources/**", "- Sources/**\n      - Source/**"),
        (.paths, "- scripts/**", "- scripts/**\n      - docs/**"),
        (.pinned, "docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121", "docker/login-action@v4"),
        (.permissions, "permissions:\n  contents: read\n", "permissions:\n  contents: write\n"),
        (.permissions, "    timeout-minutes: 15\n", "    timeout-minutes: 15\n    permissions: {packages: write}\n"),
        (.permissions, "persist-credentials: false", "persist-credentials: true"),
        (.testsFirst, "    needs: test\n", ""),
        (.testsFirst, "run: .ci/run", "run: swift test"),
        (.runners, "runner: ubuntu-24.04-arm", "runner: ubuntu-24.04"),
        (.runners, "platforms: linux/${{ matrix.arch }}", "platforms: linux/amd64,linux/arm64"),
        (.byDigest, "push-by-digest=true,", ""),
        (.byDigest, " ${{ needs.build.outputs.digest-arm64 }}", ""),
        (.tags, "enable=${{ github.ref == 'refs/heads/main' }}", "enable=true"),
        (.tags, "            type=sha,format=long\n", ""),
        (.tags, "flavor: latest=false", "flavor: latest=auto"),
        (.image, "target: with-browser", "target: without-browser"),
        (.image, "image: swift:6.3-bookworm", "image: swift:latest"),
        (.cache, "cache-to: type=gha,scope=${{ matrix.arch }},mode=max", "cache-to: type=gha,mode=max"),
        (.tags, "    if: needs.find.outputs.digest == ''\n", ""),
        (.tags, " || needs.build.result == 'skipped'", ""),
        (.deployment, " && github.ref == 'refs/heads/main' }}", " }}"),
        (.deployment, "!cancelled() && needs.publish.result == 'success' && ", ""),
        (.deployment, "    needs: publish\n", "    needs: test\n"),
        (.deployment, "secrets.COOLIFY_WEBHOOK_WORKER", "secrets.COOLIFY_WEBHOOK"),
        (
            .secrets, "ARCH: ${{ matrix.arch }}",
            "ARCH: ${{ matrix.arch }}\n          TOKEN: ${{ secrets.COOLIFY_TOKEN }}"
        ),
        (.shell, "run: echo \"digest-$ARCH=$DIGEST\"", "run: echo \"digest-${{ matrix.arch }}=$DIGEST\""),
        (.shell, "        shell: bash\n        run: .ci/run", "        run: .ci/run"),
        (.oneAtATime, "cancel-in-progress: false", "cancel-in-progress: true"),
        (.timeLimits, "    timeout-minutes: 10\n", ""),
        (.machines, " --cap-add NET_ADMIN", ""),
        (.machines, " --security-opt apparmor=unconfined", ""),
    ]

    @Test(arguments: breaks.indices)
    func `a workflow that breaks a rule is found`(index: Int) async throws {
        let (rule, good, bad) = Self.breaks[index]
        let text = try Checkout.text(Workflow.path)
        try #require(text.contains(good))
        let workflow: Workflow = try await Checkout.yaml(text.replacing(good, with: bad))
        #expect(try !rule.faults(workflow).isEmpty)
    }

    @Test func `every rule is broken by something above`() {
        #expect(Set(Self.breaks.map(\.0)) == Set(WorkflowRule.allCases))
    }

    @Test func `every action says its version beside its commit`() throws {
        let uses = try Checkout.text(Workflow.path).split(separator: "\n").filter { $0.contains("uses: ") }
        #expect(uses.count > 5)
        #expect(uses.filter { $0.firstMatch(of: #/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/#) == nil } == [])
    }
}
