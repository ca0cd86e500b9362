import FoundationEssentials
import PluginAPI

/// Calls `multipass` and reads what it answers.
///
/// Exit codes: 0 fine, 1 wrong command line, 2 failed, 3 the daemon cannot be reached, 4 to be tried again, 5 its own
/// time limit. <https://documentation.ubuntu.com/multipass/en/latest/reference/command-line-interface/>
struct Client: Sendable {
    /// What a call ended with.
    struct Answer: Sendable {
        let exitCode: Int
        let output: String
        let errors: String

        /// What it says that is wrong, on one line; foreign text, capped.
        var complaint: String {
            let text = OneLine.text(errors.isEmpty ? output : errors, limit: 300)
            return text.isEmpty ? "it said nothing" : text
        }

        func says(_ words: String) -> Bool { errors.contains(words) || output.contains(words) }
    }

    /// How often a call is made that Multipass itself calls worth another try.
    private static let attempts = 3

    let executable: String
    let run: CommandRunner
    let clock: any Clock<Duration>

    /// The name that is looked for where nobody named another program.
    static let standardName = "multipass"
    /// Where Windows' installer puts it, as WSL2 shows it.
    static let windowsPlace = "/mnt/c/Program Files/Multipass/bin/multipass.exe"

    /// The same with Windows' program, where there is no other: inside of WSL2, nobody has to name it.
    ///
    /// Cheap enough to be asked each time: it starts no Multipass.
    func found() async throws(ProviderError) -> Client {
        guard executable == Self.standardName else { return self }
        let script = #"for name; do command -v "$name" && exit; done"#
        let names = [Self.standardName, "\(Self.standardName).exe", Self.windowsPlace]
        do {
            let result = try await run(Command("sh", ["-c", script, "sh"] + names, deadline: .seconds(30)))
            let path = OneLine.text(String(decoding: result.output, as: UTF8.self))
            guard result.exitCode == 0, path.lowercased().hasSuffix(".exe") else { return self }
            return Client(executable: path, run: run, clock: clock)
        } catch is CommandError {
            // What is wrong shows with the first call.
            return self
        } catch {
            throw .cancelled
        }
    }

    /// Whether this is Windows' program, called from inside of WSL2.
    var isWindows: Bool { executable.lowercased().hasSuffix(".exe") }

    func pause(_ span: Duration) async throws(ProviderError) {
        do { try await clock.sleep(for: span) } catch { throw .cancelled }
    }

    /// nil where the program did not end in time; it was ended then, and Multipass's daemon goes on with what it does.
    ///
    /// Throws where there is no program, and where its daemon cannot be reached.
    func call(
        _ arguments: [String],
        input: String = "",
        deadline: Duration = .seconds(60)
    ) async throws(ProviderError) -> Answer? {
        for attempt in 1... {
            let command = Command(executable, arguments, input: Array(input.utf8), deadline: deadline)
            let result: CommandResult
            do {
                result = try await run(command)
            } catch CommandError.timeout {
                return nil
            } catch let error as CommandError {
                throw Trouble.notRunnable(executable, error)
            } catch {
                // Cancellation, or a runner that breaks its word; in both cases nothing is known to be wrong.
                throw .cancelled
            }
            let answer = Answer(
                exitCode: result.exitCode,
                output: ForeignText.decoded(result.output),
                errors: ForeignText.decoded(result.errors)
            )
            if answer.exitCode == 3 || answer.says("cannot connect to the multipass socket") {
                throw Trouble.daemon(answer, isWindows: isWindows)
            }
            guard answer.exitCode == 4, attempt < Self.attempts else { return answer }
            try await pause(.seconds(5))
        }
        return nil
    }

    /// As `call`, for what takes moments: no end in time is an error.
    func ask(_ arguments: [String], deadline: Duration = .seconds(60)) async throws(ProviderError) -> Answer {
        guard let answer = try await call(arguments, deadline: deadline) else {
            throw Trouble.silent(arguments, isWindows: isWindows)
        }
        return answer
    }

    func read<T: Decodable>(_ type: T.Type, _ arguments: [String]) async throws(ProviderError) -> T {
        let answer = try await ask(arguments + ["--format", "json"])
        guard answer.exitCode == 0 else { throw Trouble.failed(arguments, answer) }
        do {
            return try JSONDecoder().decode(type, from: Data(answer.output.utf8))
        } catch {
            throw ProviderError(
                "“multipass \(arguments.joined(separator: " "))”",
                "gave an answer that cannot be read: “\(OneLine.text(answer.output, limit: 100))”",
                remedy: "Check the option “executable”, and that Multipass is 1.13 or newer."
            )
        }
    }

    /// nil where there is none of that name, not even a deleted one.
    func instance(_ name: String) async throws(ProviderError) -> Instance? {
        guard let row = try await read(InstanceList.self, ["list"]).list.first(where: { $0.name == name }) else {
            return nil
        }
        let answer = try await ask(["info", name, "--format", "json"])
        // Gone between the two calls.
        if answer.exitCode == 2, answer.says("does not exist") { return nil }
        guard answer.exitCode == 0 else {
            // A deleted one may have nothing more to tell.
            if row.state == "Deleted" { return Instance(name: name, row: row, detail: nil) }
            throw Trouble.failed(["info", name], answer)
        }
        let detail = try? JSONDecoder().decode(InstanceInfo.self, from: Data(answer.output.utf8)).info[name]
        return Instance(name: name, row: row, detail: detail)
    }

    /// The names; nil where this kind of virtual machine has none to choose.
    func networks() async throws(ProviderError) -> [String]? {
        let answer = try await ask(["networks", "--format", "json"])
        guard answer.exitCode == 0 else { return nil }
        return try? JSONDecoder().decode(NetworkList.self, from: Data(answer.output.utf8)).list.map(\.name)
    }
}

/// What a program wrote, whatever it was written in.
enum ForeignText {
    /// UTF-8 or UTF-16, by its mark or by its zeros, with every line ending in a line feed.
    static func decoded(_ bytes: [UInt8]) -> String {
        let text: String
        switch (bytes.first, bytes.dropFirst().first, bytes.dropFirst(2).first) {
        case (0xff, 0xfe, _): text = utf16(bytes.dropFirst(2), isLittle: true)
        case (0xfe, 0xff, _): text = utf16(bytes.dropFirst(2), isLittle: false)
        case (0xef, 0xbb, 0xbf): text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
        case (.some(1...), 0, _): text = utf16(bytes[...], isLittle: true)
        case (0, .some(1...), _): text = utf16(bytes[...], isLittle: false)
        default: text = String(decoding: bytes, as: UTF8.self)
        }
        return text.replacing("\r\n", with: "\n")
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, isLittle: Bool) -> String {
        let all = Array(bytes)
        let units = stride(from: 0, to: all.count - all.count % 2, by: 2).map { index in
            isLittle
                ? UInt16(all[index]) | UInt16(all[index + 1]) << 8 : UInt16(all[index]) << 8 | UInt16(all[index + 1])
        }
        return String(decoding: units, as: UTF16.self)
    }
}
