import Deploy
package import PluginAPI

/// Really runs programs, for `PluginSetup`: by what the deployer runs them by.
package enum TestCommands {
    /// As `CommandRunner` describes it.
    package static let runner: CommandRunner = ProcessRunner.run
}
