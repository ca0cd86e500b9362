import Testing

@testable import Host

struct ArgumentOrderTests {
    @Test(arguments: [
        ("", ""), ("run --role web", "run --role web"), ("--role web", "--role web"),
        ("--config a.json check URL", "check --config a.json URL"),
        ("--config=a.json --set x=1 --set=y=2 price TEXT", "price --config=a.json --set x=1 --set=y=2 TEXT"),
        ("--set x=1 user invite", "user invite --set x=1"), ("--set x=1 user", "user --set x=1"),
        ("--set x=1 --help", "--set x=1 --help"), ("check --set x=1 URL", "check --set x=1 URL"),
        ("--config", "--config"),
    ])
    func `options before the verb are moved behind it`(typed: String, ordered: String) throws {
        #expect(try ArgumentOrder.ordered(words(typed)) == words(ordered))
    }

    @Test(arguments: [
        "--role deployer plan", "--role=deployer apply", "run --role deployer", "--set x=1 --role deployer",
    ])
    func `the deployer's verbs are refused in words`(typed: String) throws {
        let failure = try #require(throws: Failure.self) { try ArgumentOrder.ordered(words(typed)) }
        #expect(failure.exit == .usage)
        #expect(failure.message.contains("cannot provision servers yet"))
    }

    private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
}
