import TestSupport
import Testing

/// What is tried with the real program on a machine of the tests, one after the other: each of them keeps a processor busy.
@Suite(.serialized, .enabled(if: TestMachine.isPossible, "\(TestMachine.whyNot ?? "")"))
enum DeployerSuite {}
