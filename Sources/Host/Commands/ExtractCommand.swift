import ArgumentParser
import Extraction
import FoundationEssentials
import Logging
import Model
import Operations

/// Reads saved pages.
struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Read saved pages without asking any server: JSON lines in, JSON lines out.",
        discussion: """
            Each line of the list names a page: {"file": "page.html", "url": "https://shop.example/lamp"}, and where \
            the server's Content-Type is known "contentType" too; "url" is null where it is not known. A file is looked for beside the list. One line is \
            printed per page, in the same order. Exits with 1 when a page could not be read.
            """
    )

    @Option(help: ArgumentHelp("The list of pages, one JSON object a line.", valueName: "file.jsonl"))
    var pages: String

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        _ = try shared.loadQuietly()
        let list: Data
        do {
            list = try Data(contentsOf: URL(filePath: pages))
        } catch {
            throw Failure(.failed, "The list “\(pages)” cannot be read. Check the path and that this user may read it.")
        }
        let folder = pages.lastIndex(of: "/").map { String(pages[...$0]) } ?? ""
        let reader = try Fetching.offlineReader(logger: Logger(label: "host"))
        let lines = list.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .map { (number: $0.offset + 1, bytes: $0.element) }
            .filter { !$0.bytes.allSatisfy { $0 == 0x20 || $0 == 0x0d || $0 == 0x09 } }
        let failures = await OrderedWork.run(lines) { line in
            PageEntry.read(line.bytes, number: line.number, list: pages, folder: folder, reader: reader)
        } each: { answer in
            StandardOutput.write(answer.line.line)
            if let problem = answer.problem { StandardError.write(problem) }
            return answer.problem != nil
        }
        guard failures == 0 else { throw ExitCode(1) }
    }
}
