import Model
import PluginAPI

/// How both forms of a mail put the parts of a report.
enum ReportWording {
    enum Direction {
        case down, up, flat
    }

    /// Of a change as it reads: what reads as 0 is flat.
    static func direction(_ fraction: Double?) -> Direction {
        let text = percent(fraction)
        return text.hasPrefix("−") ? .down : text.hasPrefix("+") ? .up : .flat
    }

    /// `−20 %`, or a dash where nothing is known.
    static func percent(_ fraction: Double?) -> String { fraction.map(ChangeText.percent) ?? "–" }

    /// How many products are left out, and where they stand; nil where none is.
    static func left(_ report: Message.Report) -> String? {
        guard report.left > 0 else { return nil }
        let changed = report.items.count { ($0.change ?? 0) != 0 }
        let what = changed < report.cheaper + report.dearer ? "changed less" : "did not change"
        let products = report.left == 1 ? "1 more product, whose price" : "\(report.left) more products, whose prices"
        return "And \(products) \(what): see the page “Products” of your price monitor."
    }

    /// nil for what needs no word.
    static func availability(_ availability: Availability) -> String? {
        switch availability {
        case .inStock, .unknown: nil
        case .outOfStock: "out of stock"
        case .limited: "few left"
        case .preorder: "for pre-order"
        case .backorder: "on back order"
        case .discontinued: "no longer sold"
        }
    }
}
