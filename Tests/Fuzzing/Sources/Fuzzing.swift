import CFuzzer

/// Gives libFuzzer one of our readers to feed: `FUZZ_TARGET=page fuzzing [OPTION of libFuzzer…] FOLDER`.
///
/// The target's name comes from the environment, since libFuzzer starts this program again with its own arguments.
@main enum Fuzzing {
    /// The one that this process feeds.
    private static let target: Target? = getenv("FUZZ_TARGET").flatMap { Target(rawValue: String(cString: $0)) }

    static func main() {
        guard target != nil else {
            print("Set FUZZ_TARGET to one of: \(Target.allCases.map(\.rawValue).joined(separator: ", ")).")
            exit(64)
        }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { bytes, length in
                Fuzzing.target?.read(Array(UnsafeBufferPointer(start: bytes, count: length)))
                return 0
            }
        )
    }
}
