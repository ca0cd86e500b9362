import SQL
import Subprocess
import SystemPackage

/// `pg_dump` or `pg_restore` of one version.
struct PostgresProgram: Sendable, CustomStringConvertible {
    let name: String
    let path: String
    /// The number before the first point of its version.
    let major: Int

    var description: String { "\(name) \(major) (\(path))" }

    /// Why a program did not do what it was asked for.
    struct Problem: Error {
        /// Its own words, without what may be values: one line, never empty.
        let words: String

        /// The file is not whole, or no dump.
        var isOfFile: Bool {
            [
                "could not read from input file", "could not find block", "magic string", "valid archive", "uncompress",
                "unexpected", "corrupt", "could not read input file", "bogus", "did not find",
                "unrecognized data block",
                "could not determine", "could not seek", "sanity check", "too short",
            ].contains { words.contains($0) }
        }

        /// The file was made by a newer program.
        var isOfVersion: Bool { words.contains("unsupported version") }

        var isOfRoom: Bool { words.contains("No space left on device") || words.contains("could not extend file") }
    }

    /// Runs it to its end, connected to `address` if it asks for that; `line` gets each line that it says about its work.
    ///
    /// Whatever is secret travels in the environment. Throws `Problem` when it fails.
    func run(
        _ arguments: [String],
        at address: PostgresAddress? = nil,
        line: @Sendable (String) -> Void = { _ in }
    ) async throws {
        // Its words are understood in English only.
        var variables: [Environment.Key: String?] = ["LC_ALL": "C", "LANGUAGE": nil]
        for (name, value) in address?.environment ?? [:] {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        let ended = try await Subprocess.run(
            .path(FilePath(path)),
            // Nobody is there to be asked for one.
            arguments: Arguments((address == nil ? [] : ["--no-password"]) + arguments),
            environment: .inherit.updating(variables),
            input: .none,
            output: .discarded,
            error: .sequence
        ) { execution in
            var words: String?
            for try await said in execution.standardError.strings() {
                let text = String(said.prefix { !$0.isNewline })
                words = words ?? complaint(in: text)
                line(text)
            }
            return words
        }
        guard !ended.terminationStatus.isSuccess else { return }
        throw Problem(words: ended.closureResult ?? "it ended without saying why (\(ended.terminationStatus))")
    }

    /// What it writes when it is asked for something that needs no server; throws `Problem` when it fails.
    func output(_ arguments: [String]) async throws -> String {
        let ended = try await Subprocess.run(
            .path(FilePath(path)),
            arguments: Arguments(arguments),
            environment: .inherit.updating(["LC_ALL": "C", "LANGUAGE": nil]),
            output: .string(limit: 10_000_000),
            error: .string(limit: 100_000)
        )
        guard !ended.terminationStatus.isSuccess else { return ended.standardOutput }
        let words = ended.standardError.split(separator: "\n").lazy.compactMap { complaint(in: String($0)) }.first
        throw Problem(words: words ?? "it ended without saying why (\(ended.terminationStatus))")
    }

    /// The first error that it tells, without what stands behind it: statements and rows, which may hold secrets.
    private func complaint(in line: String) -> String? {
        guard let start = line.firstRange(of: "error: ") ?? line.firstRange(of: "fatal: ") else { return nil }
        let words = String(line[start.upperBound...].prefix(200))
        guard words.contains("COPY failed") else { return words }
        // The server quotes the value that it does not take.
        return words.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) || $0.offset == 1 ? String($0.element) : "…" }.joined(separator: "\"")
    }
}
