import FoundationEssentials
package import Model
import PluginAPI

/// Brings an environment's data to this machine, and back.
///
/// One archive holds the database of the applications and, for the day on which the machine is lost, Coolify's own
/// database and settings file, without whose key nothing that Coolify keeps can be read.
package struct EnvironmentBackup: Sendable {
    private let host: any RemoteHost
    private let database: DatabaseContainer

    package init(_ host: any RemoteHost, _ database: DatabaseContainer) {
        self.host = host
        self.database = database
    }

    /// On the machine, for its owner alone.
    private static let folder = "/root/price-monitor-backup"
    /// In the archive.
    private static let names = ["database.dump", "coolify.dump", "coolify.env"]

    /// Writes the archive to `path`, which must not exist yet; gives its size in bytes.
    ///
    /// It is read through on the machine before it is brought here, and compared afterwards.
    package func back(upTo path: String, _ say: @Sendable (String) -> Void) async throws -> Int {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw DeployError("There is a file “\(path)” already. Name another one, or move that one away.")
        }
        say("the databases are written out on the machine")
        let made = try await host.run(dump, deadline: .seconds(7200))
        let values = Lines.values(made.output)
        guard made.exitCode == 0, let sum = values["sum"], let size = values["size"].flatMap({ Int($0) }) else {
            throw failure("The backup could not be made", made)
        }
        say("\(size / 1024) KiB are brought here")
        let came: Result<Void, any Error>
        do {
            try await host.fetch("\(Self.folder)/backup.tar", to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            guard try FileSum.sha256(of: path) == sum else {
                throw DeployError("The backup arrived otherwise than it was sent. Give the command again.")
            }
            came = .success(())
        } catch {
            // Half a backup is worse than none.
            try? FileManager.default.removeItem(atPath: path)
            came = .failure(error)
        }
        // Whether it came or not; where the machine is gone, so is the file's use.
        _ = try? await host.run("rm -f \(Self.folder)/backup.tar")
        try came.get()
        return size
    }

    private var dump: String {
        """
        set -eu
        umask 077
        mkdir -p \(Self.folder)
        cd \(Self.folder)
        exec 9>lock
        flock 9
        rm -rf new
        mkdir new
        trap 'rm -rf \(Self.folder)/new' EXIT
        cd new
        docker exec \(database.id) pg_dump --format=custom --no-acl --no-owner -U \(database.user) \(database.name) \
        </dev/null >database.dump
        docker exec -i \(database.id) pg_restore --list <database.dump >/dev/null
        docker exec coolify-db pg_dump --format=custom --no-acl --no-owner -U coolify coolify </dev/null >coolify.dump
        cp /data/coolify/source/.env coolify.env
        tar -cf backup.tar \(Self.names.joined(separator: " "))
        mv backup.tar ..
        cd ..
        echo "size=$(stat -c %s backup.tar)"
        echo "sum=$(sha256sum backup.tar | cut -d ' ' -f 1)"
        """
    }

    // MARK: - Back to the machine

    /// Throws where `path` is no archive that `backUp` wrote, before the machine is asked anything.
    package static func check(_ path: String) throws {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw DeployError("The backup “\(path)” can't be read. Check the name and the rights of the file.")
        }
        let names = try TarListing.names(in: path)
        guard let names, names.contains(Self.names[0]), Set(names).isSubset(of: Self.names) else {
            throw DeployError(
                "“\(path)” is no backup of an environment, or not all of one: it should hold "
                    + "\(Self.names.joined(separator: ", ")). Name a file that the verb “backup” wrote."
            )
        }
    }

    /// Brings the archive at `path` to the machine and reads it through there; nothing that runs takes notice.
    package func prepare(from path: String, _ say: @Sendable (String) -> Void) async throws {
        try Self.check(path)
        // What an earlier run put back may still be at work.
        let ready = try await host.run(
            "umask 077 && mkdir -p \(Self.folder) && flock -w 7200 \(Self.folder)/lock true",
            deadline: .seconds(7300)
        )
        guard ready.exitCode == 0 else { throw failure("The machine has no room for the backup", ready) }
        say("the backup is brought to the machine")
        do {
            try await host.send(path, to: "\(Self.folder)/backup.tar")
            say("it is read through there")
            let read = try await host.run(unpack, deadline: .seconds(7200))
            guard read.exitCode == 0 else {
                throw failure("The database can't read the backup “\(path)”, so nothing was stopped for it", read)
            }
        } catch {
            // The first problem is the one to be told.
            try? await discard()
            throw error
        }
    }

    /// Puts what was prepared in place of the present database; the applications have to be stopped.
    ///
    /// All of it is put back or nothing, and what was there before stays on the machine, in the file that is given.
    package func putBack(at now: Timestamp) async throws -> String {
        let before = "\(Self.folder)/before-\(now.milliseconds / 1000).dump"
        let done = try await host.run(put(before: before), deadline: .seconds(7200))
        guard done.exitCode == 0 else {
            throw failure("The backup was not put back, and the database is as it was", done)
        }
        return before
    }

    /// Takes away what was prepared, once nothing is being put back any more: that goes on when the connection to the machine
    /// breaks.
    package func discard() async throws {
        let script = """
            cd \(Self.folder) || exit 0
            exec 9>lock
            flock -w 7200 9 && rm -rf new backup.tar
            """
        _ = try await host.run(script, deadline: .seconds(7300))
    }

    /// The archive's own `--clean` drops one thing after the other and stops at the first that a part of a table inherits, so
    /// the schema goes as a whole; it comes back as PostgreSQL 15 makes it.
    private var unpack: String {
        """
        set -eu
        umask 077
        cd \(Self.folder)
        exec 9>lock
        flock 9
        rm -rf new
        mkdir new
        tar -xf backup.tar -C new database.dump
        rm backup.tar
        {
            echo 'drop schema public cascade;'
            echo 'create schema public authorization pg_database_owner;'
            echo 'grant usage on schema public to public;'
            docker exec -i \(database.id) pg_restore --no-acl --no-owner --file - <new/database.dump
        } >new/database.sql
        rm new/database.dump
        """
    }

    /// How many of what was there before restores are kept on the machine.
    private static let mostBefore = 3

    private func put(before: String) -> String {
        """
        set -eu
        umask 077
        cd \(Self.folder)
        exec 9>lock
        flock 9
        trap 'rm -rf \(Self.folder)/new' EXIT
        docker exec \(database.id) pg_dump --format=custom --no-acl --no-owner -U \(database.user) \(database.name) \
        </dev/null >new/before.dump
        mv new/before.dump \(before)
        docker exec -i \(database.id) psql -q -v ON_ERROR_STOP=1 --single-transaction -U \(database.user) \
        -d \(database.name) <new/database.sql >/dev/null
        ls before-*.dump | sort -r | tail -n +\(Self.mostBefore + 1) | xargs -r rm -f --
        """
    }

    private func failure(_ what: String, _ result: CommandResult) -> DeployError {
        let why = OneLine.text(String(decoding: result.errors, as: UTF8.self), limit: 300)
        return DeployError("\(what): \(why.isEmpty ? "the machine's shell ended with \(result.exitCode)" : why).")
    }
}
