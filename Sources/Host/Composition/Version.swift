#if canImport(Glibc)
    import Glibc
#endif

/// Which program this is.
enum Version {
    static let text = "0.1.0"

    /// Differs from build to build: the version, with the size and the time of the running file where the system says.
    static let build: String = {
        #if canImport(Glibc)
            var file = stat()
            if stat("/proc/self/exe", &file) == 0 { return "\(text) \(file.st_size) \(file.st_mtim.tv_sec)" }
        #endif
        return text
    }()
}
