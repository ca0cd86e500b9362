import PluginAPI
import TestSupport
import Testing

@testable import MultipassPlugin

/// The program ends before and after each of its commands, and another one goes on.
@Suite(.timeLimit(.minutes(20)))
struct KillTests {
    private func instances(_ laptop: Laptop) throws -> [String] { try laptop.fake.state.instances.keys.sorted() }

    @Test(arguments: [Meddler.Harm.before, .after], ["multipass", "multipass.exe"])
    func `wherever it ends, there is one instance at the end, and none after its removal`(
        harm: Meddler.Harm,
        program: String
    ) async throws {
        let whole = try Laptop(name: program)
        try await whole.apply()
        let count = whole.meddler.count
        #expect(count > 5)
        print("\(program) is ended at \(count) commands, \(harm) each.")
        for number in 1...count {
            let laptop = try Laptop(name: program)
            laptop.meddler.harm { asked, _ in asked == number ? harm : nil }
            let error = await #expect(throws: ProviderError.self) { try await laptop.apply() }
            #expect(error == .cancelled)
            laptop.meddler.harm { _, _ in nil }
            #expect(try await laptop.apply().changes == [], "ended at command \(number) of \(count)")
            #expect(try instances(laptop) == ["pma-staging-1f3a9c"])
            #expect(try laptop.calls("launch").count == 1)
        }
        whole.meddler.harm { _, _ in nil }
        try await whole.destroy()
        for number in 1...whole.meddler.count {
            let laptop = try Laptop(name: program) { $0.startingLooks = 0 }
            try await laptop.apply()
            laptop.meddler.harm { asked, _ in asked == number ? harm : nil }
            await #expect(throws: ProviderError.self) { try await laptop.destroy() }
            laptop.meddler.harm { _, _ in nil }
            try await laptop.destroy()
            #expect(try instances(laptop) == [])
        }
    }
}
