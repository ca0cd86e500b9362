import Model
import Operations

/// Asks a person who sits at the terminal.
enum Question {
    /// Only the whole word is a yes.
    static func isAnsweredYes(_ question: String, otherwise option: String) throws -> Bool {
        try answer(to: question, otherwise: option) == "yes"
    }

    /// One line without spaces around it; `option` says the same where nobody can be asked.
    static func answer(to question: String, otherwise option: String) throws -> String {
        guard StandardOutput.isTerminal else {
            throw Failure(.usage, "Nobody can be asked here, since the output is no terminal. Use \(option).")
        }
        StandardOutput.write(question)
        return readLine(strippingNewline: true)?.trimmingWhitespace() ?? ""
    }

    /// Goes on only when the name of the environment was typed once more; `given` is what the option says.
    static func confirm(_ environment: String, given: String?, _ loss: String) throws {
        let name =
            try given ?? answer(to: "\(loss) Type \(environment) to go on:", otherwise: "--confirm \(environment)")
        guard name == environment else {
            throw Failure(.usage, "“\(name.prefix(40))” is not “\(environment)”. Nothing was done.")
        }
    }
}
