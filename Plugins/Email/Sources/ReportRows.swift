import Model
import PluginAPI

/// The products of a report as rows of the HTML mail.
///
/// What moved least comes last and without pictures, so that a long report stays a mail that programs open whole for as
/// long as it can.
struct ReportRows {
    let report: Message.Report
    let courses: ReportCourses

    /// How many products are shown with all that is known.
    static let mostWhole = 40

    /// A table row for each product, and one that counts them.
    var html: HTML {
        guard !report.items.isEmpty else {
            return """
                <tr><td class="pad" style="padding:18px 32px 0 32px;">
                \(MailStyle.quiet("Add a product to your price monitor, or go on with one that is paused: then it stands here."))
                </td></tr>
                """
        }
        let rows = report.items.enumerated().map { place, item in
            place < Self.mostWhole ? row(item, courses[place]) : shortRow(item)
        }
        let count = report.products == 1 ? "1 product" : "\(report.products) products"
        return """
            <tr><td class="pad" style="padding:14px 32px 0 32px;">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
            \(rows)
            </table>
            \(left)\(MailStyle.quiet("\(count). Changes in large letters are since \(report.sinceText); those below compare with the average of 7, 30, 90 and 180 days."))
            </td></tr>
            """
    }

    private var left: HTML { ReportWording.left(report).map { "\(MailStyle.quiet($0))\n" } ?? "" }

    private func row(_ item: Message.Report.Item, _ course: ReportCourses.Course?) -> HTML {
        """
        <tr><td class="row" style="padding:14px 0;border-top:1px solid #e1e4dd;">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
        \(picture(of: item))<td valign="top">
        \(name(of: item))
        <p class="quiet" dir="auto" style="margin:2px 0 0 0;\(MailStyle.tiny)\(MailStyle.wrap)">\(about(item))</p>
        \(failing(item))</td>
        <td valign="top" align="right" style="padding-left:12px;">\(price(of: item))</td>
        </tr></table>
        \(history(of: item, course))</td></tr>
        """
    }

    /// A product that did not move as much as others, in a line or two.
    private func shortRow(_ item: Message.Report.Item) -> HTML {
        """
        <tr><td class="row" style="padding:7px 0;border-top:1px solid #e1e4dd;">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
        <td valign="top">\(name(of: item))</td>
        <td valign="top" align="right" style="padding-left:12px;">\(price(of: item))</td>
        </tr></table></td></tr>
        """
    }

    private func picture(of item: Message.Report.Item) -> HTML {
        guard let address = MailWords.safe(item.image) else { return "" }
        return """
            <td width="60" valign="top" style="padding-right:12px;">
            <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
            <td class="frame" width="48" height="48" align="center" valign="middle" \
            style="width:48px;height:48px;background-color:#ffffff;border:1px solid #e1e4dd;border-radius:8px;">
            <img src="\(address)" width="44" alt="" \
            style="display:block;margin:0 auto;border:0;width:44px;max-width:44px;height:auto;max-height:44px;\
            object-fit:contain;">
            </td>
            </tr></table>
            </td>

            """
    }

    private func name(of item: Message.Report.Item) -> HTML {
        let name = OneLine.text(item.title, limit: 120)
        // The product's own page, where there is one: from there it goes to the shop as well.
        let linked: HTML =
            MailWords.safe(item.link ?? item.url).map { address in
                "<a class=\"ink\" href=\"\(address)\" style=\"color:#1b211d;text-decoration:underline;\">\(name)</a>"
            } ?? "\(name)"
        return """
            <p class="ink" dir="auto" style="margin:0;font-size:15px;line-height:21px;font-weight:600;color:#1b211d;\
            \(MailStyle.wrap)">\(linked)</p>
            """
    }

    private func about(_ item: Message.Report.Item) -> HTML {
        let shop: HTML =
            MailWords.safe(item.url).map { address in
                "<a class=\"link\" href=\"\(address)\" style=\"color:#11694b;text-decoration:underline;\">\(item.site)</a>"
            } ?? "\(item.site)"
        let facts = [ReportWording.availability(item.availability), item.checkedText.map { "checked \($0)" }]
            .compactMap { $0 }
        return "\(shop)\(facts.map { " · \($0)" }.joined())"
    }

    private func failing(_ item: Message.Report.Item) -> HTML {
        guard let since = item.failingText else { return "" }
        return """
            <p style="margin:6px 0 0 0;"><span class="badge" style="display:inline-block;padding:2px 8px;\
            border-radius:9px;background-color:#fbe9d7;color:#7a3a00;font-size:12px;line-height:16px;font-weight:600;">\
            can’t be checked since \(since)</span></p>

            """
    }

    private func price(of item: Message.Report.Item) -> HTML {
        let price = item.price.map { $0.displayText } ?? "no price yet"
        return """
            <p class="\(item.price == nil ? "quiet" : "ink")" style="margin:0;font-size:16px;line-height:21px;\
            font-weight:700;white-space:nowrap;color:\(item.price == nil ? "#5c665f" : "#1b211d");">\(price)</p>
            <p style="margin:2px 0 0 0;font-size:14px;line-height:19px;font-weight:600;white-space:nowrap;">\
            \(change(item.change))</p>
            """
    }

    /// Green where it got cheaper, orange where it got dearer, grey where it did not move, a dash where nothing is known.
    private func change(_ fraction: Double?) -> HTML {
        switch ReportWording.direction(fraction) {
        case .down: "<span class=\"down\" style=\"color:#11694b;\">\(ReportWording.percent(fraction))</span>"
        case .up: "<span class=\"up\" style=\"color:#9b4a00;\">\(ReportWording.percent(fraction))</span>"
        case .flat: "<span class=\"quiet\" style=\"color:#5c665f;\">\(ReportWording.percent(fraction))</span>"
        }
    }

    private func history(of item: Message.Report.Item, _ course: ReportCourses.Course?) -> HTML {
        guard item.averages.contains(where: { $0.price != nil }) else { return "" }
        let averages = item.averages.map { average -> HTML in
            """
            <span style="white-space:nowrap;padding-right:6px;">\("\(average.days)")&nbsp;d&nbsp;\
            \(change(item.price?.change(from: average.price)))</span>
            """
        }
        let drawn: HTML =
            course.map { course in
                """
                <img class="line" src="\(course.picture.address)" width="\("\(CoursePicture.width)")" \
                height="\("\(CoursePicture.height)")" alt="\(course.words)" style="display:inline-block;border:0;\
                vertical-align:middle;padding-right:8px;\(MailStyle.wrap)">
                """
            } ?? ""
        return """
            <p class="quiet" style="margin:8px 0 0 0;\(MailStyle.tiny)">\(drawn)\(averages)</p>

            """
    }
}
