/// Pictures of products, drawn for the screenshots.
enum Drawing {
    /// The drawing at an address under https://pictures.example/; nil for one that there is none of.
    static func svg(at address: String) -> String? {
        let name = address.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? ""
        guard let shapes = shapes[name] else { return nil }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="400" height="400">
            <rect width="200" height="200" fill="#f6f3ee"/>
            <ellipse cx="100" cy="172" rx="62" ry="8" fill="#e2dcd2"/>
            \(shapes)
            </svg>
            """
    }

    private static let shapes = [
        "kettle": """
        <path d="M58 92h84l12 66a14 14 0 0 1-14 14H60a14 14 0 0 1-14-14z" fill="#2f6f8f"/>
        <path d="M66 92a34 34 0 0 1 68 0z" fill="#25586f"/><circle cx="100" cy="52" r="7" fill="#1d3540"/>
        <path d="M146 112l30-22 6 8-30 32z" fill="#2f6f8f"/>
        <path d="M54 96C20 60 60 16 100 30" fill="none" stroke="#1d3540" stroke-width="8" stroke-linecap="round"/>
        """,
        "lamp": """
        <rect x="94" y="80" width="12" height="86" fill="#6b5b45"/><rect x="66" y="162" width="68" height="10" rx="5" fill="#4f4333"/>
        <path d="M66 34h68l22 56H44z" fill="#e0a83c"/><path d="M44 90h112v6H44z" fill="#c28b22"/>
        """,
        "headphones": """
        <path d="M40 120a60 60 0 0 1 120 0" fill="none" stroke="#333b46" stroke-width="12"/>
        <rect x="28" y="108" width="30" height="54" rx="13" fill="#c2503f"/>
        <rect x="142" y="108" width="30" height="54" rx="13" fill="#c2503f"/>
        """,
        "chair": """
        <rect x="62" y="28" width="76" height="74" rx="12" fill="#5d8a5a"/>
        <rect x="54" y="104" width="92" height="18" rx="9" fill="#456a43"/>
        <path d="M62 122l-8 48M138 122l8 48" stroke="#7a6148" stroke-width="9" stroke-linecap="round"/>
        """,
        "drill": """
        <path d="M40 62h88a12 12 0 0 1 12 12v22H92l-8 60a10 10 0 0 1-10 9H52l10-69H40z" fill="#d9822b"/>
        <path d="M140 72h20v16h-20zM160 77h24v6h-24z" fill="#4a4f57"/>
        """,
        "backpack": """
        <rect x="52" y="46" width="96" height="124" rx="30" fill="#50648f"/>
        <rect x="66" y="108" width="68" height="48" rx="10" fill="#3d4e73"/>
        <path d="M82 46a18 18 0 0 1 36 0" fill="none" stroke="#2c3853" stroke-width="8"/>
        """,
    ]
}
