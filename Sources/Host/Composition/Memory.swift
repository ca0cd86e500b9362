#if canImport(Glibc)
    import CMalloc
#endif

/// What the process keeps of the system's memory.
///
/// Pages of shops are read on several threads, and each takes some megabytes for some milliseconds. As it comes, glibc
/// gives up to eight heaps to each core and takes back only what lies free at a heap's end, so that the process grew for
/// hours to twice what it uses.
enum Memory {
    /// Few heaps, to be called before the first thread starts.
    ///
    /// With two, threads wait for each other: 4 % fewer checks a second.
    static func keepSmall() {
        #if canImport(Glibc)
            // What this variable says comes first.
            if getenv("MALLOC_ARENA_MAX") == nil { mallopt(M_ARENA_MAX, 4) }
        #endif
    }

    /// Gives back what lies free; takes some milliseconds, in which nobody is held up for long.
    static func giveBack() {
        #if canImport(Glibc)
            malloc_trim(0)
        #endif
    }
}
