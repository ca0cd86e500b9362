import SQL
import Testing

struct ByteCountTests {
    @Test(arguments: [
        (0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"),
        (14_234_567, "14.2 MB"), (3_000_000_000, "3.0 GB"), (5_000_000_000_000_000, "5000.0 TB"),
    ])
    func `bytes are written as people read them`(bytes: Int, text: String) {
        #expect(ByteCount(bytes).description == text)
    }
}
