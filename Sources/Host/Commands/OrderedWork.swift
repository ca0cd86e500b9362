import FoundationEssentials

/// Work on many things at once whose results are wanted in the order of the things.
enum OrderedWork {
    /// Keeps every core busy but holds only a few results; says for how many `each` answered true.
    static func run<Input: Sendable, Output: Sendable>(
        _ inputs: [Input],
        work: @escaping @Sendable (Input) -> Output,
        each: (Output) -> Bool
    ) async -> Int {
        var count = 0
        await withTaskGroup(of: (Int, Output).self) { group in
            let window = ProcessInfo.processInfo.activeProcessorCount * 2
            var (next, wanted) = (0, 0)
            var early: [Int: Output] = [:]
            while wanted < inputs.count {
                while next < inputs.count, next < wanted + window {
                    let (index, input) = (next, inputs[next])
                    group.addTask { (index, work(input)) }
                    next += 1
                }
                guard let (index, output) = await group.next() else { return }
                early[index] = output
                while let output = early.removeValue(forKey: wanted) {
                    if each(output) { count += 1 }
                    wanted += 1
                }
            }
        }
        return count
    }
}
