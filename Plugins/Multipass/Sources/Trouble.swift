import PluginAPI

/// What goes wrong with Multipass, in words that help.
enum Trouble {
    static func notRunnable(_ executable: String, _ error: CommandError) -> ProviderError {
        if case .tooMuchOutput = error {
            return ProviderError(
                "“\(executable)”",
                "wrote more than anybody can read",
                remedy: "Check the option “executable”: is it really Multipass?"
            )
        }
        return ProviderError(
            "Multipass",
            "cannot be run as “\(OneLine.text(executable, limit: 100))”",
            remedy: """
                Install it (Ubuntu: “snap install multipass”; macOS: “brew install --cask multipass”; Windows: \
                https://canonical.com/multipass/install), or set the option “executable” to where it is: from inside \
                of WSL2 it is multipass.exe, which has to be on Windows' PATH or where its installer puts it.
                """
        )
    }

    static func daemon(_ answer: Client.Answer, isWindows: Bool) -> ProviderError {
        ProviderError(
            "Multipass's daemon",
            "cannot be reached: \(answer.complaint)",
            remedy: isWindows
                ? "Start the Windows service “Multipass” (services.msc, or “net start Multipass” as administrator)."
                : """
                Start it (Ubuntu: “snap start multipass”; macOS: “sudo launchctl kickstart -k \
                system/com.canonical.multipassd”), and see that you may use it: the first user of all, or a member of \
                the group that owns its socket.
                """,
            retry: .later(after: .seconds(10))
        )
    }

    static func silent(_ arguments: [String], isWindows: Bool) -> ProviderError {
        ProviderError(
            "“multipass \(arguments.joined(separator: " "))”",
            "did not end in time",
            remedy: isWindows
                ? "Restart the Windows service “Multipass”, and run the command again: it goes on from what is there."
                : "Restart Multipass's daemon, and run the command again: it goes on from what is there.",
            retry: .later(after: .seconds(30))
        )
    }

    /// Exit code 1 means a command line that it does not know.
    static func failed(_ arguments: [String], _ answer: Client.Answer) -> ProviderError {
        let isUnknown = answer.exitCode == 1
        return ProviderError(
            "“multipass \(arguments.joined(separator: " "))”",
            "failed (exit code \(answer.exitCode)): \(answer.complaint)",
            remedy: isUnknown
                ? "Multipass may be too old: 1.13 or newer is needed; “multipass version” says which it is."
                : "Mend what it names, and run the command again: it goes on from what is there.",
            retry: isUnknown ? .never : .later(after: nil)
        )
    }

    /// What to try where an instance runs and has no address.
    static func noAddress(isWindows: Bool) -> String {
        isWindows
            ? "Hyper-V's Default Switch is often the cause. In this order:\(list(switchFixes))"
            : """
            macOS: let its firewall pass bootpd (“sudo /usr/libexec/ApplicationFirewall/socketfilterfw --add \
            /usr/libexec/bootpd --unblock /usr/libexec/bootpd”). Linux: look whether a firewall or VPN holds back DHCP \
            on Multipass's bridge. Then “multipass restart” the instance.
            """
    }

    /// What to try where an instance has an address at which it does not answer; `mode` is WSL2's networking mode.
    ///
    /// That the mirrored mode reaches no virtual machines: <https://github.com/microsoft/WSL/issues/11494>; forwarding:
    /// <https://github.com/microsoft/WSL/issues/4288>.
    static func unreachable(isWindows: Bool, mode: String?) -> String {
        guard isWindows else {
            return """
                Look whether a VPN or a firewall of this computer holds back what goes to Multipass's bridge, and whether \
                the instance's own SSH runs: “multipass exec NAME -- systemctl status ssh”.
                """
        }
        let mirrored = """
            WSL's networking mode “mirrored” reaches Windows and no virtual machines: take the line \
            networkingMode=mirrored out of %UserProfile%\\.wslconfig, and give “wsl --shutdown” in Windows.
            """
        let forwarding = """
            Windows forwards nothing from WSL to Hyper-V's Default Switch until it is told to, after each of its restarts. \
            In PowerShell as administrator: “Get-NetIPInterface | ? InterfaceAlias -Match "WSL|Default Switch" | \
            Set-NetIPInterface -Forwarding Enabled”.
            """
        let first = mode == "mirrored" ? [mirrored, forwarding] : [forwarding] + (mode == nil ? [mirrored] : [])
        return "What helps, the most likely first:\(list(first + switchFixes))"
    }

    private static let switchFixes = [
        """
        In C:\\Windows\\System32\\drivers\\etc\\hosts.ics keep the first line of each name, or delete the file, and \
        restart Windows: an old line gives an address that is another one by now.
        """,
        """
        Where the Default Switch itself is broken, in PowerShell as administrator: “Get-HNSNetwork | ? Name -Like \
        "Default Switch" | Remove-HNSNetwork; Restart-Computer”.
        """,
        "Switch off VPN and antivirus programs for a try: many take over what goes to private addresses.",
        """
        With VirtualBox (Windows Home) instances have no address that others can reach: Hyper-V is needed, which Windows \
        Pro has, or run the environment on DigitalOcean.
        """,
    ]

    private static func list(_ lines: [String]) -> String {
        lines.enumerated().map { "\n    \($0.offset + 1). \($0.element)" }.joined()
    }
}
