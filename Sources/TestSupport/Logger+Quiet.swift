package import Logging

extension Logger {
    /// Writes nothing.
    package static var quiet: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
