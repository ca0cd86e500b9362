import FoundationEssentials
import PluginAPI

/// Runs Coolify's own installer on a machine.
///
/// It goes on when the connection breaks or this program dies, and a second call waits for the one that runs. Its exit
/// code says little (it is 0 after a refusal), so success is what the caller finds afterwards.
struct CoolifyInstaller: Sendable {
    let wish: CoolifyWish
    let secrets: GeneratedSecrets
    let host: any RemoteHost
    let patience: Patience

    /// On the machine: what is under way there, and what it printed.
    static let folder = "/root/price-monitor-install"

    /// A test of the shell for whether one is at work; a number that another process got after a restart is none.
    static let isRunning = """
        [ "$(cat \(folder)/boot 2>/dev/null)" = "$(cat /proc/sys/kernel/random/boot_id)" ] \
        && [ ! -f \(folder)/code ] && kill -0 "$(cat \(folder)/pid 2>/dev/null)" 2>/dev/null
        """

    /// Returns when the installer has ended.
    func run(_ say: @escaping @Sendable (String) -> Void) async throws {
        let begun = try await host.run(start, deadline: .seconds(300))
        guard begun.exitCode == 0 else {
            let why = OneLine.text(String(decoding: begun.errors, as: UTF8.self), limit: 300)
            throw DeployError(
                "Coolify's installer could not be started on the machine: \(why) Check “coolify.installer” and "
                    + "“coolify.installerSHA256”, and whether the machine reaches the internet. Then apply again."
            )
        }
        var told = ""
        let ended = try await patience.wait(atMost: .seconds(1800)) { _ in
            let values = Lines.values(try await host.run(Self.look).output)
            if let step = values["step"], !step.isEmpty, step != told {
                told = step
                say(OneLine.text(step, limit: 100))
            }
            return values["running"] == "yes" ? nil : true
        }
        guard ended == true else {
            throw DeployError(
                "Coolify's installer has not ended after 30 minutes. Its last lines:\n\(try await lastLines())\n"
                    + "Look at the machine, then apply again: it is waited for, or begun anew once it has ended."
            )
        }
    }

    /// What the installer printed last, without anything secret.
    func lastLines() async throws -> String {
        let result = try await host.run("tail -n 12 \(Self.folder)/log 2>/dev/null")
        return String(decoding: result.output, as: UTF8.self).blotting(secrets)
            .split(whereSeparator: \.isNewline).map { "    \($0)" }.joined(separator: "\n")
    }

    private static let look = """
        cd \(folder) || exit 0
        echo "step=$(grep -a -E '^ *[0-9]+\\. |Step [0-9]+/[0-9]+' log 2>/dev/null | tail -n 1)"
        \(isRunning) && echo running=yes
        true
        """

    /// The account's password is in the installer's environment alone.
    private var start: String {
        """
        set -eu
        umask 077
        mkdir -p \(Self.folder)
        cd \(Self.folder)
        if \(Self.isRunning); then exit 0; fi
        rm -f pid code
        cat /proc/sys/kernel/random/boot_id >boot
        # A new machine still updates its packages by itself, and the installer would not wait for that.
        [ ! -d /etc/apt/apt.conf.d ] || echo 'DPkg::Lock::Timeout "600";' >/etc/apt/apt.conf.d/90price-monitor
        curl -fsSL -m 240 --retry 3 -o install.sh '\(wish.installer)'
        echo '\(wish.installerSHA256)  install.sh' | sha256sum --check --status || {
            echo "what was fetched from \(wish.installer) is not what it was when this version was checked." >&2
            exit 1
        }
        export USER=root HOME=/root AUTOUPDATE=false ROOT_USERNAME=admin
        export ROOT_USER_EMAIL='\(wish.adminEmail)' ROOT_USER_PASSWORD='\(secrets.coolifyPassword)'
        setsid nohup sh -c 'echo $$ >pid; bash install.sh \(wish.version); echo $? >code' >log 2>&1 </dev/null &
        # Whoever looks next must find it.
        while [ ! -s pid ]; do sleep 0.1; done
        """
    }
}

extension String {
    /// With dots for each secret in it.
    func blotting(_ secrets: GeneratedSecrets) -> String {
        secrets.all.reduce(self) { $0.replacing($1, with: "…") }
    }
}
