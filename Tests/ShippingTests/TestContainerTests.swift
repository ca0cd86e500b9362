import Glibc
import TestSupport
import Testing

/// What the container in which the workflow runs the tests lets root do.
@Suite(.enabled(if: geteuid() == 0, "Only root can give up rights of root."))
struct TestContainerTests {
    /// What Docker lets root of a container do by itself. <https://docs.docker.com/engine/containers/run/>
    private static let usual = [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW",
        "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ]

    /// Runs a program that may do what `added` says, besides the usual.
    private func run(_ program: String, _ added: [String]) async throws -> Checkout.Finished {
        let rights = (Self.usual + added).map { "+\($0.lowercased())" }.joined(separator: ",")
        return try await Checkout.run(
            ["setpriv", "--bounding-set", "-all,\(rights)", "--inh-caps", "-all", program]
        )
    }

    @Test func `the deployer's tests can make their machines there`() async throws {
        let workflow: Workflow = try await Checkout.yaml(Checkout.text(Workflow.path))
        let tried = try await run(TestMachine.trial, try #require(workflow.job("test").container).added)
        #expect(tried.isSuccess, "\(tried.text)")
    }

    @Test(arguments: ["SYS_ADMIN", "NET_ADMIN"])
    func `where one of the rights is missing it is found out before any of them begins`(missing: String) async throws {
        let tried = try await run(TestMachine.trial, ["SYS_ADMIN", "NET_ADMIN"].filter { $0 != missing })
        #expect(!tried.isSuccess)
        #expect(tried.text.contains("not permitted") || tried.text.contains("permission denied"), "\(tried.text)")
    }
}
