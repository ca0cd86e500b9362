import ArgumentParser
import FoundationEssentials
import Model
import Operations

/// Says what a price text means.
struct PriceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price",
        abstract: "Say what a price text means, as JSON.",
        discussion: """
            With --batch it reads questions from its input, one JSON object a line, and prints one line each: \
            {"input": "1.299,00 €", "currencyHint": null, "locale": null, "defaultCurrency": null, "url": null}.
            """
    )

    @Argument(help: ArgumentHelp("The text to read, such as “1.299,00 €”.", valueName: "text"))
    var text: String?

    @Option(help: ArgumentHelp("The language and country of the page, such as de or de-CH.", valueName: "locale"))
    var locale: String?

    @Option(
        help: ArgumentHelp("The currency to use where the text names none, as an ISO 4217 code.", valueName: "code")
    )
    var currency: String?

    @Option(
        help: ArgumentHelp("The address of the page; its country decides between currencies that share a sign.")
    )
    var url: String?

    @Flag(help: "Read questions as JSON lines from standard input.")
    var batch = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard batch || text != nil else {
            throw ValidationError("Name a text to read, or --batch to read questions from standard input.")
        }
        guard !batch || text == nil else {
            throw ValidationError("With --batch the texts come from standard input only.")
        }
        guard !batch || (locale == nil && currency == nil && url == nil) else {
            throw ValidationError("With --batch each question says its own locale, defaultCurrency and url.")
        }
    }

    func run() throws {
        _ = try shared.load()
        guard !batch else { return try answerLines() }
        let question = PriceLine.Question(
            input: text ?? "",
            currencyHint: nil,
            locale: locale,
            defaultCurrency: currency,
            url: url
        )
        StandardOutput.write(try PriceLine.answer(question).line)
    }

    private func answerLines() throws {
        var (number, failures) = (0, 0)
        while let line = readLine() {
            number += 1
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            do {
                let question = try JSONDecoder().decode(PriceLine.Question.self, from: Data(line.utf8))
                StandardOutput.write(try PriceLine.answer(question).line)
            } catch {
                failures += 1
                let why = (error as? Failure)?.message ?? "It is not a JSON object with the text “input”."
                let problem = "Line \(number) of the input cannot be answered. \(why)"
                // One line of output for every line of input, so that they still match.
                StandardOutput.write(JSON.object([.init("error", .string(problem))]).line)
                StandardError.write(problem)
            }
        }
        guard failures == 0 else { throw ExitCode(1) }
    }
}
