import TestSupport
import Testing

/// What is tried with the real program on a machine of the tests; one after the other in each suite, since each of them keeps
/// a processor busy.
@Suite(.enabled(if: TestMachine.isPossible, "\(TestMachine.whyNot ?? "")"))
enum DeployerSuite {}
