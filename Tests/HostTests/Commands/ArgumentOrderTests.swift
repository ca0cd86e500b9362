import Testing

@testable import Host

struct ArgumentOrderTests {
    @Test(arguments: [
        ("", ""), ("run --role web", "run --role web"), ("--role web", "--role web"),
        ("--config a.json check URL", "check --config a.json URL"),
        ("--config=a.json --set x=1 --set=y=2 price TEXT", "price --config=a.json --set x=1 --set=y=2 TEXT"),
        ("--set x=1 user invite", "user invite --set x=1"), ("--set x=1 user", "user --set x=1"),
        ("--set x=1 --help", "--set x=1 --help"), ("check --set x=1 URL", "check --set x=1 URL"),
        ("--config", "--config"), ("--environment a plan --json", "plan --environment a --json"),
    ])
    func `options before the verb are moved behind it`(typed: String, ordered: String) {
        #expect(ArgumentOrder.ordered(words(typed)) == words(ordered))
    }

    @Test(arguments: [
        ("--role deployer plan", "plan"), ("--role=deployer apply --yes", "apply --yes"),
        ("--set x=1 --role deployer", "--set x=1"),
        ("status --environment a --role deployer", "status --environment a"),
        ("--environment a --role deployer plan", "--environment a plan"),
    ])
    func `an explicit role chooses the deployer's verbs`(typed: String, rest: String) {
        #expect(ArgumentOrder.forDeployer(words(typed)) == words(rest))
    }

    @Test(arguments: ["", "plan", "--role web", "run --role", "-- --role deployer", "--role web,deployer"])
    func `other words do not`(typed: String) {
        #expect(ArgumentOrder.forDeployer(words(typed)) == nil)
    }

    private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
}
