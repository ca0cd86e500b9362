import FoundationEssentials
package import Model

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the operating system knows about this process.
///
/// The names are Prometheus' own for every program, so that ready-made dashboards find them; they are the only ones
/// that do not begin with `host_`. Source: <https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics>
package struct ProcessFigures: Sendable {
    private let started: Timestamp

    /// `started` is when the process started.
    package init(started: Timestamp = SystemClock.now()) {
        self.started = started
    }

    /// Memory and open files are left out where there is no `/proc`.
    func text() -> String {
        var text = ""
        func add(_ name: String, _ kind: String, _ help: String, _ value: Double?) {
            guard let value else { return }
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n\(name) \(MetricName.number(value))\n"
        }
        add("process_cpu_seconds_total", "counter", "Processor time used, in seconds.", Self.processorSeconds)
        add("process_open_fds", "gauge", "Open file descriptors.", Self.openDescriptors)
        add("process_resident_memory_bytes", "gauge", "Memory held in RAM, in bytes.", Self.residentBytes)
        let start = Double(started.milliseconds) / 1000
        add("process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.", start)
        return text
    }

    private static var processorSeconds: Double? {
        // POSIX: a million a second, whatever the system counts in. The members of a `timespec` belong to another module
        // wherever a dependency of Hummingbird was read first, and are then not to be had.
        let ticks = clock()
        return ticks < 0 ? nil : Double(ticks) / 1_000_000
    }

    private static var openDescriptors: Double? {
        // Not an error where there is no such folder: the figure is left out. One is the folder's own while it is read.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
    }

    private static var residentBytes: Double? {
        guard let content = FileManager.default.contents(atPath: "/proc/self/statm") else { return nil }
        let fields = String(decoding: content, as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }
}
