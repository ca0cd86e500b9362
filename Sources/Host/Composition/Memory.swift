#if canImport(Glibc)
    import CMalloc
#endif

/// What the process keeps of the system's memory.
///
/// Pages of shops are read on several threads, and each takes some megabytes for some milliseconds. glibc has a heap for
/// each thread and gives back only what lies free at its end, so that the process grew for hours to twice what it uses.
enum Memory {
    /// Gives back what lies free; takes some milliseconds in which nobody else is held up for long.
    static func giveBack() {
        #if canImport(Glibc)
            malloc_trim(0)
        #endif
    }
}
