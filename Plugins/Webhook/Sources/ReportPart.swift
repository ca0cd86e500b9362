import Model
import PluginAPI

/// A report in the body of a webhook: what all products come to, and those that moved most.
struct ReportPart: Encodable {
    let report: Message.Report

    /// How many products are named; a receiver that wants all asks the REST interface.
    static let mostItems = 100

    private enum Key: String, CodingKey {
        case day, since, products, cheaper, dearer, failing, doubts, items
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(report.day, forKey: .day)
        try container.encode(report.since.iso8601, forKey: .since)
        try container.encode(report.products, forKey: .products)
        try container.encode(report.cheaper, forKey: .cheaper)
        try container.encode(report.dearer, forKey: .dearer)
        try container.encode(report.failing, forKey: .failing)
        try container.encode(report.waiting, forKey: .doubts)
        try container.encode(report.items.prefix(Self.mostItems).map(ReportItemPart.init), forKey: .items)
    }
}

private struct ReportItemPart: Encodable {
    let item: Message.Report.Item

    private enum Key: String, CodingKey {
        case title, url, link, site, image, price, before, averages, availability, checked, failing
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(item.title, forKey: .title)
        try container.encode(item.url, forKey: .url)
        try container.encode(item.link, forKey: .link)
        try container.encode(item.site, forKey: .site)
        try container.encode(item.image, forKey: .image)
        try container.encode(item.price.map(MoneyPart.init), forKey: .price)
        try container.encode(item.before.map(MoneyPart.init), forKey: .before)
        try container.encode(item.averages.map(AveragePart.init), forKey: .averages)
        try container.encode(item.availability.rawValue, forKey: .availability)
        try container.encode(item.checked?.iso8601, forKey: .checked)
        try container.encode(item.failing?.iso8601, forKey: .failing)
    }
}

private struct AveragePart: Encodable {
    let average: Trend.Average

    private enum Key: String, CodingKey {
        case days, price
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(average.days, forKey: .days)
        try container.encode(average.price.map(MoneyPart.init), forKey: .price)
    }
}
