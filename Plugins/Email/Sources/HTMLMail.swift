import Model
import PluginAPI

/// A message as an HTML mail: tables and inline styles, as mail programs need them; dark by a media query where a
/// program knows it. <https://www.caniemail.com>
struct HTMLMail {
    private let message: Message
    private let words: MailWords
    /// nil where it is no report.
    private let courses: ReportCourses?

    init(_ message: Message, courses: ReportCourses?) {
        self.message = message
        self.courses = courses
        words = MailWords(message: message)
    }

    /// The whole document.
    var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>\(OneLine.text(message.subject))</title>
        \(MailStyle.sheet)
        </head>
        <body class="page" style="margin:0;padding:0;background-color:#f3f4f1;\(MailStyle.font)">
        <div style="display:none;max-height:0;overflow:hidden;">\(OneLine.text(message.lines.first ?? ""))</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr><td align="center" style="padding:24px 12px;">
        <table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" \
        style="max-width:560px;background-color:#ffffff;border:1px solid #e1e4dd;border-radius:12px;">
        <tr><td class="pad" style="padding:28px 32px 0 32px;">
        \(heading)
        </td></tr>
        \(productRows)\(reportRows)
        <tr><td class="pad" style="padding:20px 32px 28px 32px;">
        \(sentences)\(failingRows)
        \(buttons)
        </td></tr>
        \(footer)
        </table>
        </td></tr>
        </table>
        </body>
        </html>

        """
    }

    private var heading: HTML {
        let title = message.product?.title ?? message.report?.day ?? message.subject
        return """
            <p class="kind" style="margin:0 0 6px 0;font-size:13px;line-height:18px;font-weight:600;color:#11694b;">\
            \(words.kind)</p>
            <h1 class="ink" dir="auto" style="margin:0;font-size:22px;line-height:29px;font-weight:700;color:#1b211d;\
            \(MailStyle.wrap)">\(OneLine.text(title))</h1>
            \(message.product.map { MailStyle.site($0.site) } ?? summary)
            """
    }

    /// What a report says in a sentence; its other lines say in words what its rows show.
    private var summary: HTML {
        guard message.report != nil, let line = message.lines.first else { return "" }
        return """
            <p class="ink" dir="auto" style="margin:8px 0 0 0;font-size:16px;line-height:24px;color:#1b211d;\
            \(MailStyle.wrap)">\(OneLine.text(line))</p>\(doubts)
            """
    }

    /// What waits for the reader's word.
    private var doubts: HTML {
        guard let report = message.report, let doubts = report.doubts else { return "" }
        return MailWords.safe(report.doubtsLink).map {
            MailStyle.link("\(doubts) Say whether they are right", address: $0)
        }
            ?? MailStyle.quiet("\(doubts) Say under “Alerts” whether they are right.")
    }

    private var productRows: HTML {
        guard let product = message.product else { return "" }
        return """
            <tr><td class="pad" style="padding:20px 32px 0 32px;">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
            \(picture(of: product))<td valign="middle">
            \(price(of: product))
            </td></tr></table>
            </td></tr>
            """
    }

    /// Its own white ground, because shops' pictures have one: on a dark card a bare one would look torn out.
    private func picture(of product: Message.Product) -> HTML {
        guard let address = MailWords.safe(product.image) else { return "" }
        return """
            <td class="beside" width="132" valign="middle" style="padding-right:20px;">
            <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
            <td class="picture" width="112" height="112" align="center" valign="middle" \
            style="width:112px;height:112px;background-color:#ffffff;border:1px solid #e1e4dd;border-radius:10px;">
            <img class="image" src="\(address)" width="104" alt="\(OneLine.text(product.title, limit: 80))" \
            style="display:block;margin:0 auto;border:0;width:104px;max-width:104px;height:auto;max-height:104px;\
            object-fit:contain;font-size:12px;line-height:16px;color:#5c665f;\(MailStyle.wrap)">
            </td>
            </tr></table>
            </td>

            """
    }

    private func price(of product: Message.Product) -> HTML {
        var rows: [HTML] = []
        if let previous = product.previous {
            let change = product.change.map { MailStyle.change($0) } ?? ""
            rows.append(MailStyle.row("Before", "\(words.breakable(previous))\(change)"))
        }
        if let target = product.target { rows.append(MailStyle.row("Your target", "\(words.breakable(target))")) }
        if let read = product.readText { rows.append(MailStyle.row("Read", "\(read)")) }
        let table: HTML =
            rows.isEmpty
            ? ""
            : """
            <table role="presentation" cellpadding="0" cellspacing="0" border="0">
            \(rows)
            </table>
            """
        return """
            \(MailStyle.price(words.breakable(product.price)))
            \(table)
            """
    }

    private var reportRows: HTML {
        guard let report = message.report, let courses else { return "" }
        return ReportRows(report: report, courses: courses).html
    }

    private var sentences: HTML {
        let shown = message.report == nil ? message.lines : []
        let lines = shown.map { OneLine.text($0) }.filter { !$0.isEmpty }
        let paragraphs: [HTML] = lines.map { line in
            """
            <p class="ink" dir="auto" style="margin:0 0 8px 0;font-size:16px;line-height:24px;color:#1b211d;\
            \(MailStyle.wrap)">\(line)</p>
            """
        }
        return "\(paragraphs)"
    }

    /// The products that fail, with what they cost last.
    private var failingRows: HTML {
        guard let failure = message.failure, !failure.listings.isEmpty else { return "" }
        var rows = failure.listings.map { listing in
            MailStyle.item(
                listing.title,
                address: MailWords.safe(listing.url),
                detail: MailWords.last(of: listing)
            )
        }
        if let more = words.more { rows.append(MailStyle.quiet(more)) }
        return "\n\(rows)"
    }

    private var buttons: HTML {
        var pieces: [HTML] = []
        if let product = message.product {
            if let address = MailWords.safe(product.url) {
                pieces.append(MailStyle.button("Open at \(product.site)", address: address))
            } else {
                pieces.append(MailStyle.quiet("The shop's page: \(product.url)"))
            }
        }
        if let link = message.link {
            if let address = MailWords.safe(link) {
                let text = message.product == nil ? "Open your price monitor" : "Price history and settings"
                // Where there is nothing to buy now, the way into the monitor is what to do.
                let isFirst = message.failure != nil
                pieces.append(
                    isFirst ? MailStyle.button(text, address: address) : MailStyle.link(text, address: address)
                )
            } else {
                pieces.append(MailStyle.quiet("More: \(link)"))
            }
        }
        return "\(pieces)"
    }

    private var footer: HTML {
        var pieces: [HTML] = []
        if let product = message.product {
            pieces.append(MailStyle.note("How it knows the price", product.evidence))
        }
        pieces.append(MailStyle.note("Why did I get this?", "\(words.why) \(words.how)"))
        return """
            <tr><td class="pad foot" style="padding:20px 32px 12px 32px;background-color:#f8f9f6;\
            border-top:1px solid #e1e4dd;border-radius:0 0 12px 12px;">
            \(pieces)
            </td></tr>
            """
    }
}
