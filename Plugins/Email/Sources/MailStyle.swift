import PluginAPI

/// How the HTML mail looks, and its small parts.
///
/// The inline styles are the light look, which every program shows; the sheet only adds the dark look and the phone's
/// margins, for programs that keep it.
enum MailStyle {
    static let font: HTML = """
        font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;
        """
    static let small: HTML = "font-size:14px;line-height:20px;color:#5c665f;"
    static let tiny: HTML = "font-size:13px;line-height:19px;color:#5c665f;"
    /// Breaks words that are wider than a phone.
    static let wrap: HTML = "overflow-wrap:anywhere;word-break:break-word;"

    static let sheet: HTML = """
        <style>
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        @media (max-width: 480px) {
        .pad { padding-left: 20px !important; padding-right: 20px !important; }
        .price { font-size: 28px !important; line-height: 34px !important; }
        .long-price { font-size: 22px !important; line-height: 30px !important; }
        .beside { width: 92px !important; padding-right: 16px !important; }
        .picture { width: 88px !important; height: 88px !important; }
        .image { width: 80px !important; max-width: 80px !important; max-height: 80px !important; }
        .button { display: block !important; text-align: center !important; }
        .line { display: block !important; }
        }
        @media (prefers-color-scheme: dark) {
        .page { background-color: #121513 !important; }
        .card { background-color: #1c211e !important; border-color: #343b36 !important; }
        .foot { background-color: #171b19 !important; border-color: #343b36 !important; }
        .picture, .frame { border-color: #343b36 !important; }
        .row { border-color: #343b36 !important; }
        .badge { background-color: #4a2f16 !important; color: #f6cfa5 !important; }
        .ink { color: #eef1ec !important; }
        .quiet { color: #a9b3ac !important; }
        .kind, .down, .link { color: #6fd3a8 !important; }
        .up { color: #f2b071 !important; }
        .button { background-color: #6fd3a8 !important; color: #0d1f17 !important; }
        }
        </style>
        """

    /// The shop's name below the product's.
    static func site(_ text: String) -> HTML {
        """
        <p class="quiet" style="margin:4px 0 0 0;\(small)\(wrap)">\(text)</p>
        """
    }

    /// The price in large letters; smaller where it is long, so that a phone need not break it among its digits.
    static func price(_ text: String) -> HTML {
        let isLong = text.count > 10
        return """
            <p class="ink \(isLong ? "long-price" : "price")" style="margin:0 0 6px 0;\
            font-size:\(isLong ? "26px" : "34px");line-height:40px;font-weight:700;color:#1b211d;\(wrap)">\(text)</p>
            """
    }

    /// A name and a value of the small table below the price.
    static func row(_ name: String, _ value: HTML) -> HTML {
        """
        <tr><td class="quiet" style="padding:2px 14px 2px 0;\(small)white-space:nowrap;">\(name)</td>\
        <td class="ink" style="padding:2px 0;font-size:14px;line-height:20px;color:#1b211d;">\(value)</td></tr>
        """
    }

    /// A change such as `−20 %`, green where it got cheaper.
    static func change(_ text: String) -> HTML {
        let isDearer = text.hasPrefix("+")
        return """
             <span class="\(isDearer ? "up" : "down")" style="font-weight:600;white-space:nowrap;\
            color:\(isDearer ? "#9b4a00" : "#11694b");">\(text)</span>
            """
    }

    static func button(_ text: String, address: String) -> HTML {
        """
        <p style="margin:16px 0 0 0;"><a class="button" href="\(address)" style="display:inline-block;\
        background-color:#11694b;color:#ffffff;font-size:16px;line-height:24px;font-weight:600;text-decoration:none;\
        padding:11px 22px;border-radius:8px;\(wrap)">\(text)</a></p>
        """
    }

    static func link(_ text: String, address: String) -> HTML {
        """
        <p style="margin:14px 0 0 0;font-size:16px;line-height:24px;"><a class="link" href="\(address)" \
        style="color:#11694b;text-decoration:underline;">\(text)</a></p>
        """
    }

    /// One of a list: a name that leads to `address`, if there is one, and a line below it.
    static func item(_ title: String, address: String?, detail: String) -> HTML {
        let name = OneLine.text(title, limit: 150)
        let linked: HTML =
            address.map { address in
                "<a class=\"link\" href=\"\(address)\" style=\"color:#11694b;text-decoration:underline;\">\(name)</a>"
            } ?? "\(name)"
        return """
            <p class="ink" dir="auto" style="margin:10px 0 0 0;font-size:16px;line-height:22px;color:#1b211d;\(wrap)">\
            \(linked)<br><span class="quiet" style="\(small)">\(detail)</span></p>
            """
    }

    static func quiet(_ text: String) -> HTML {
        """
        <p class="quiet" style="margin:14px 0 0 0;\(small)\(wrap)">\(text)</p>
        """
    }

    /// A question or a heading, and a sentence below it.
    static func note(_ heading: String, _ text: String) -> HTML {
        """
        <p class="quiet" dir="auto" style="margin:0 0 12px 0;\(small)\(wrap)"><strong class="ink" \
        style="color:#1b211d;font-weight:600;">\(heading)</strong><br>\(text)</p>
        """
    }
}
