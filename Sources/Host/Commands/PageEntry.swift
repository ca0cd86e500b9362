import Extraction
import FoundationEssentials
import Model
import Operations

/// One line of a list of saved pages.
struct PageEntry: Decodable {
    /// Relative to the list's folder, or absolute.
    let file: String
    /// nil where nobody knows it any more.
    let url: String?
    let contentType: String?

    /// Stands for an address that is not known; no host can have this name (RFC 6761).
    private static let unknownAddress = "https://page.invalid/"

    /// What is printed for a line, and what went wrong with it.
    struct Answer: Sendable {
        let line: JSON
        /// A sentence; nil when the page was read, whatever it turned out to be.
        let problem: String?

        fileprivate init(_ line: JSON) {
            self.line = line
            problem = nil
        }

        fileprivate init(file: String?, problem: String) {
            line = ReadingLine.failed(file: file, problem: problem)
            self.problem = problem
        }
    }

    /// Never throws: a line that cannot be read is answered with what is wrong, so that line by line they still match.
    static func read(_ bytes: Data, number: Int, list: String, folder: String, reader: PageReader) -> Answer {
        let entry: PageEntry
        do {
            entry = try JSONDecoder().decode(PageEntry.self, from: bytes)
        } catch {
            return Answer(
                file: nil,
                problem: "Line \(number) of “\(list)” is not a JSON object with the texts “file” and “url”."
            )
        }
        let address: WebAddress
        do {
            address = try WebAddress(entry.url ?? unknownAddress)
        } catch {
            return Answer(file: entry.file, problem: "Line \(number) of “\(list)” has a wrong “url”. \(error)")
        }
        let path = entry.file.hasPrefix("/") ? entry.file : folder + entry.file
        guard let body = FileManager.default.contents(atPath: path) else {
            return Answer(
                file: entry.file,
                problem: "Line \(number) of “\(list)” names the file “\(path)”, which cannot be read."
            )
        }
        var answer = HTTPResponse(status: 200, body: Array(body), url: address.text)
        answer.headers["Content-Type"] = entry.contentType
        var reading: Reading
        switch reader.look(at: answer, asked: address) {
        case .done(let done): reading = done
        case .needs(let requests):
            // Offline: nobody answers.
            reading = reader.read(answer, asked: address, supplements: requests.map { _ in nil })
        }
        // Links relative to an address that nobody knows lead nowhere.
        if reading.image?.hasPrefix(unknownAddress) == true { reading.image = nil }
        return Answer(ReadingLine.extracted(reading, file: entry.file))
    }
}
