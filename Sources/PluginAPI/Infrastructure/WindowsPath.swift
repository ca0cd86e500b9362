/// Paths as Windows writes them, for programs that run in WSL2.
package enum WindowsPath {
    /// Where WSL2 shows what Windows calls `C:\Users\anna`: `/mnt/c/Users/anna`; any other text stays as it is.
    ///
    /// Windows' drives are under `/mnt` unless `/etc/wsl.conf` says otherwise.
    package static func inWSL(_ path: String) -> String {
        let start = Array(path.prefix(3))
        guard start.count == 3, start[0].isASCII, start[0].isLetter, start[1] == ":",
            start[2] == "\\" || start[2] == "/"
        else { return path }
        return "/mnt/\(start[0].lowercased())/" + path.dropFirst(3).replacing("\\", with: "/")
    }

    /// Whether a path leads onto a drive of Windows, where every file looks as if everybody might read and change it.
    package static func isOnDrive(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 3, parts[0].isEmpty, parts[1] == "mnt" else { return false }
        return parts[2].count == 1 && parts[2].allSatisfy { $0.isASCII && $0.isLetter }
    }
}
