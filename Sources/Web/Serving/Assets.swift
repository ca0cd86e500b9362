import Hummingbird

/// The style sheet, the icon and the script, under addresses that change with their content, so that browsers may keep them.
struct Assets: Sendable {
    let stylesheet: Asset
    let icon: Asset
    let script: Asset

    struct Asset: Sendable {
        /// Such as `/assets/…/style.css`.
        let path: String
        let type: String
        let text: String

        init(name: String, type: String, text: String) {
            path = "/assets/\(Assets.hash(text))/\(name)"
            self.type = type
            self.text = text
        }
    }

    init() {
        let sheets = EmbeddedAssets.all.filter { $0.key.hasSuffix(".css") }.sorted { $0.key < $1.key }
        stylesheet = Asset(
            name: "style.css",
            type: "text/css; charset=utf-8",
            text: sheets.map(\.value).joined(separator: "\n\n")
        )
        icon = Asset(name: "icon.svg", type: "image/svg+xml", text: EmbeddedAssets.all["icon.svg"] ?? "")
        script = Asset(
            name: "live.js",
            type: "text/javascript; charset=utf-8",
            text: EmbeddedAssets.all["live.js"] ?? ""
        )
    }

    func add(to router: some RouterMethods<WebContext>) {
        for asset in [stylesheet, icon, script] {
            router.get(RouterPath(asset.path)) { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable"],
                    body: .init(byteBuffer: ByteBuffer(string: asset.text))
                )
            }
        }
        router.get("/robots.txt") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: "User-agent: *\nDisallow: /\n"))
            )
        }
    }

    /// FNV-1a, 64 bits, as hexadecimal text: tells versions apart; nothing secret hangs on it.
    static func hash(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
