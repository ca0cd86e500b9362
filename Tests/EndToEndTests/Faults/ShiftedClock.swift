import FoundationEssentials
import Glibc

/// A machine clock of one program's own, which a test sets while the program runs.
///
/// A library that the program loads first answers for the clock that people set. What only counts is the system's, as it
/// is where somebody sets a clock: libfaketime moves timers of that clock too, so that a program sleeps for a day.
final class ShiftedClock: Sendable {
    private let folder: String
    private var shift: String { "\(folder)/shift" }
    private var library: String { "\(folder)/clock.so" }

    /// The clock is right at first.
    ///
    /// Throws where the C compiler, which comes with Swift, cannot make the library.
    init() async throws {
        folder = "\(FileManager.default.temporaryDirectory.path)/clock-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try set(to: .zero)
        let source = "\(folder)/clock.c"
        try Data(Self.source.utf8).write(to: URL(filePath: source))
        _ = try await Command.output("clang", ["-shared", "-fPIC", "-O1", "-o", library, source])
    }

    deinit {
        // A folder that cannot be removed is left to whoever cleans the temporary files.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What the program's environment needs so that it has this clock.
    var environment: [String: String] { ["LD_PRELOAD": library, "CLOCK_SHIFT": shift] }

    /// In whole seconds from the right time.
    func set(to distance: Duration) throws {
        let file = open(shift, O_WRONLY | O_CREAT, 0o600)
        guard file >= 0 else { throw Problem("\(shift) cannot be opened: \(String(cString: strerror(errno))).") }
        defer { close(file) }
        // Written in place, since the program looks at the file's memory.
        var seconds = distance.components.seconds
        guard pwrite(file, &seconds, 8, 0) == 8 else { throw Problem("\(shift) cannot be written.") }
    }

    private static let source = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <stdint.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>

        static volatile int64_t right = 0, *shift = &right;

        __attribute__((constructor)) static void begin(void) {
            int file = open(getenv("CLOCK_SHIFT"), O_RDONLY | O_CLOEXEC);
            void *memory = mmap(0, sizeof *shift, PROT_READ, MAP_SHARED, file, 0);
            if (file < 0 || memory == MAP_FAILED) abort();
            close(file);
            shift = memory;
        }

        int clock_gettime(clockid_t clock, struct timespec *now) {
            int result = syscall(SYS_clock_gettime, clock, now);
            if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += *shift;
            return result;
        }

        int gettimeofday(struct timeval *restrict now, void *restrict zone) {
            struct timespec time;
            clock_gettime(CLOCK_REALTIME, &time);
            now->tv_sec = time.tv_sec;
            now->tv_usec = time.tv_nsec / 1000;
            return 0;
        }

        int timespec_get(struct timespec *now, int base) {
            clock_gettime(CLOCK_REALTIME, now);
            return base;
        }

        time_t time(time_t *place) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (place) *place = now.tv_sec;
            return now.tv_sec;
        }

        """
}
