import Testing

@testable import Host

struct ListeningTests {
    private struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    @Test(arguments: [
        (
            "bind(descriptor:ptr:bytes:): Address already in use (errno: 98)", Failure.Exit.failed,
            "Port 80 on box is in use"
        ),
        ("bind(descriptor:ptr:bytes:): Permission denied (errno: 13)", .failed, "This user may not listen on port 80."),
        ("bind(descriptor:ptr:bytes:): Cannot assign (errno: 99)", .configuration, "web.address is “box”"),
        ("SocketAddressError.UnknownHost: Name not known", .configuration, "web.address is “box”"),
    ])
    func `why a server cannot listen is said in words that help`(text: String, exit: Failure.Exit, words: String) {
        let failure = Listening.explain(Broken(description: text), address: "box", port: 80, key: "web.port")
        #expect(failure?.exit == exit)
        #expect(failure?.message.hasPrefix(words) == true)
    }

    @Test func `other errors are passed on as they are`() {
        let failure = Listening.explain(Broken(description: "x"), address: "box", port: 80, key: "web.port")
        #expect(failure == nil)
    }
}
