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

    /// The course of a price as eight heights from its lowest to its highest; a space for when there was none.
    ///
    /// Empty where there is nothing to see: fewer than two prices.
    static func line(_ course: [Int?]) -> String {
        let known = course.drop { $0 == nil }
        let prices = known.compactMap { $0 }
        guard prices.count > 1, let least = prices.min(), let most = prices.max() else { return "" }
        let heights = Array("▁▂▃▄▅▆▇█")
        return String(
            known.map { price -> Character in
                guard let price else { return "\u{2007}" }
                guard most > least else { return heights[2] }
                let height = Double(price - least) / Double(most - least) * Double(heights.count - 1)
                return heights[Int(height.rounded())]
            }
        )
    }
}
