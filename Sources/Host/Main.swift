import ArgumentParser
import Deploy
import Operations

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the program begins and ends.
@main
enum Main {
    static func main() async {
        Memory.keepSmall()
        let code = await run(Array(CommandLine.arguments.dropFirst()))
        StandardError.flush()
        fflush(nil)
        // A page may still be read on a thread that nobody waits for; `exit` would take libxml2's tables from under it.
        _exit(code)
    }

    /// Does what the arguments ask for; says how it ended.
    static func run(_ arguments: [String]) async -> Int32 {
        let forDeployer = ArgumentOrder.forDeployer(arguments)
        let root: any ParsableCommand.Type = forDeployer == nil ? HostCommand.self : DeployerCommand.self
        do {
            var command = try root.parseAsRoot(ArgumentOrder.ordered(forDeployer ?? arguments))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch let failure as Failure {
            StandardError.write(failure.message)
            return failure.exit.rawValue
        } catch let error as DeployError {
            StandardError.write(error.description)
            return Failure.Exit.failed.rawValue
        } catch {
            return report(error, from: root)
        }
    }

    private static func report(_ error: any Error, from root: any ParsableCommand.Type) -> Int32 {
        let code = root.exitCode(for: error)
        if error is ExitCode { return code.rawValue }
        // Only the parser's own errors know how to say what the usage is; help is one of them.
        if code == .failure {
            StandardError.write("\(error)")
        } else if code.isSuccess {
            StandardOutput.write(root.fullMessage(for: error))
        } else {
            StandardError.write(root.fullMessage(for: error))
        }
        return code.rawValue
    }
}
