package import Logging
package import Model

/// Performs one HTTP exchange, with the time, size and redirect limits of this installation.
///
/// Any status is an answer. Throws when no answer came: `ExchangeError`, or `CancellationError`, which the plugin lets
/// pass. There is nothing to set up or to close, and no reason to try again: that is the queue's work.
package typealias HTTPExchange = @Sendable (HTTPRequest) async throws -> HTTPResponse

/// Hands one mail to the mail server of this installation, which adds sender and `Message-ID`.
///
/// Returns once the server has accepted it. Throws `NotNow` or `Refused` by what the server said.
package typealias MailExchange = @Sendable (Mail) async throws -> Void

/// Signs a message: HMAC-SHA-256 (RFC 2104) of `message` under `key`, 32 bytes.
///
/// A plugin holds no cryptography of its own; the host lends it this.
package typealias MessageSigning = @Sendable (_ message: [UInt8], _ key: [UInt8]) -> [UInt8]

/// What the host gives a plugin: the options' values and the doors to the outside.
///
/// A plugin takes from it what it needs in its initialiser and keeps that. In tests the doors are closures that record.
package struct PluginSetup: Sendable {
    private let values: [String: String]
    /// For addresses that came from a person or a page.
    ///
    /// Loopback, private and link-local addresses are refused unless `fetch.allowPrivateHosts` names the host.
    package let exchange: HTTPExchange
    /// The mail server of this installation.
    package let mail: MailExchange
    /// For receivers that check who wrote to them; nil where this host cannot sign.
    package let sign: MessageSigning?
    /// Programs of this machine; only infrastructure providers have this door.
    package let run: CommandRunner
    /// What waiting goes by.
    ///
    /// Only infrastructure providers wait; everybody else leaves that to the queue.
    package let clock: any Clock<Duration>
    /// For what an operator should know and no error says; carries `plugin.id` already.
    ///
    /// Messages are constant sentences, data goes into metadata, secrets into neither. Errors are thrown, not logged:
    /// the host logs them once.
    package let logger: Logger

    /// Checks `values` against `options`: an unknown key or a missing required one is an error that names it.
    ///
    /// White space around values does not count, and a value of nothing else counts as not set.
    package init(
        options: [Option],
        values: [String: String],
        exchange: @escaping HTTPExchange,
        mail: @escaping MailExchange,
        sign: MessageSigning? = nil,
        run: @escaping CommandRunner = { _ in throw CommandError.notRunnable("This plugin runs no programs.") },
        clock: any Clock<Duration> = .continuous,
        logger: Logger
    ) throws(SetupError) {
        for key in values.keys.sorted() where !options.contains(where: { $0.key == key }) {
            let known = options.map(\.key).joined(separator: ", ")
            throw SetupError(key, "is not an option; known are: \(known.isEmpty ? "none" : known)")
        }
        var complete: [String: String] = [:]
        for option in options {
            let value = values[option.key]?.trimmingWhitespace() ?? ""
            if !value.isEmpty {
                complete[option.key] = value
            } else if let standard = option.standard {
                complete[option.key] = standard
            } else {
                throw SetupError(option.key, "is missing; an example is “\(option.example)”")
            }
        }
        self.values = complete
        self.exchange = exchange
        self.mail = mail
        self.sign = sign
        self.run = run
        self.clock = clock
        self.logger = logger
    }

    /// The value of a declared option, without white space around it: what was set, else its standard.
    ///
    /// `""` for a key that is not declared.
    package subscript(key: String) -> String { values[key] ?? "" }
}

/// Why a plugin cannot be made from what was set; shown beside the option it names.
package struct SetupError: Error, Hashable, CustomStringConvertible {
    /// The option that is wrong.
    package let key: String
    /// Completes a sentence that begins with the option's key.
    package let problem: String

    /// `problem` completes a sentence that begins with `key`, and holds no secret.
    package init(_ key: String, _ problem: String) {
        self.key = key
        self.problem = problem
    }

    /// As people read it: `topic is missing; an example is “door”.`.
    package var description: String { "\(key) \(problem)." }
}
