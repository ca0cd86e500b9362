import Testing

@testable import Fetch

struct AddressKindTests {
    @Test(arguments: [
        ("127.0.0.1", AddressKind.loopback), ("127.255.255.254", .loopback), ("::1", .loopback),
        ("::ffff:127.0.0.1", .loopback), ("64:ff9b::7f00:1", .loopback), ("2002:7f00:1::", .loopback),
        ("10.0.0.1", .private), ("172.16.0.1", .private), ("172.31.255.255", .private), ("192.168.1.1", .private),
        ("100.64.0.1", .private), ("100.127.255.255", .private), ("::ffff:10.0.0.1", .private),
        ("64:ff9b::c0a8:101", .private), ("2002:a00:1::1", .private), ("fc00::1", .private), ("fd12:3456::1", .private),
        ("fec0::1", .private), ("2a01:4f8::5efe:192.168.0.1", .private), ("2a01:4f8::200:5efe:10.0.0.1", .private),
        ("169.254.0.1", .linkLocal), ("fe80::1", .linkLocal), ("febf::1", .linkLocal),
        ("169.254.169.254", .metadata), ("::ffff:169.254.169.254", .metadata), ("fd00:ec2::254", .metadata),
        ("100.100.100.200", .metadata), ("168.63.129.16", .metadata), ("169.254.170.2", .metadata),
        ("192.0.0.192", .metadata),
        ("224.0.0.1", .multicast), ("239.255.255.255", .multicast), ("ff02::1", .multicast),
        ("0.0.0.0", .unspecified), ("0.1.2.3", .unspecified), ("::", .unspecified), ("::ffff:0.0.0.0", .unspecified),
        ("255.255.255.255", .broadcast), ("240.0.0.1", .reserved), ("192.0.0.1", .reserved),
        ("192.0.2.1", .documentation), ("198.51.100.7", .documentation), ("203.0.113.9", .documentation),
        ("198.18.0.1", .documentation), ("198.19.255.255", .documentation), ("2001:db8::1", .documentation),
        ("3fff::1", .documentation), ("2001:2::1", .documentation),
        ("2001::1", .reserved), ("64:ff9b:1::1", .reserved), ("100::1", .reserved), ("::7f00:1", .reserved),
        ("::ffff:0:127.0.0.1", .reserved), ("5f00::1", .reserved),
    ])
    func `knows what kind of address is not public`(text: String, kind: AddressKind) throws {
        #expect(AddressKind(try #require(IPAddress(text))) == kind)
    }

    @Test(arguments: [
        "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "169.253.0.1",
        "192.167.255.255",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "126.255.255.255", "128.0.0.1", "11.0.0.1",
        "2606:4700::1111", "2a01:4f8::1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808",
        "2002:808:808::1",
    ])
    func `lets public addresses pass`(text: String) throws {
        #expect(AddressKind(try #require(IPAddress(text))) == nil)
    }

    @Test(
        arguments: [
            ([], false), (["shop.lan"], true), (["shop.lan:8080"], true), (["shop.lan:80"], false),
            (["lan"], false), (["other.lan", "shop.lan"], true),
        ] as [(Set<String>, Bool)]
    )
    func `opens a host that is named, alone or with its port`(allowed: Set<String>, isOpen: Bool) throws {
        let address = try #require(IPAddress("192.168.1.5"))
        let refusal = AddressGuard(host: "shop.lan", port: 8080, allowed: allowed).refuses(address)
        #expect((refusal == nil) == isOpen)
    }

    @Test(arguments: [("::1", true), ("[::1]", true), ("[::1]:8080", true), ("[::1]:80", false), ("::1:8080", false)])
    func `opens an IPv6 address that is named`(entry: String, isOpen: Bool) {
        #expect(AddressGuard(host: "::1", port: 8080, allowed: [entry]).isOpen == isOpen)
    }
}
