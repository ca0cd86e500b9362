import Model
import PluginAPI

/// The course of a product's price as a small picture: a line of steps over a light ground, with a dot at its end.
struct CoursePicture {
    let png: PNG
    /// What it shows, for those who do not see it.
    let words: String

    /// As it is shown; it is drawn twice as large, for screens that are fine.
    static let (width, height) = (120, 24)
    private static let scale = 2
    private static let margin = 6
    /// Three to one or more against white and against the dark card.
    private static let colour: (red: UInt8, green: UInt8, blue: UInt8) = (0x2f, 0x92, 0x70)

    /// nil where there is nothing to see: fewer than two different prices.
    init?(of item: Message.Report.Item) {
        guard let currency = item.price?.currency else { return nil }
        let known = item.course.compactMap { $0 }
        guard let first = known.first, let last = known.last, let low = known.min(), let high = known.max(), low < high
        else { return nil }
        func text(_ minor: Int) -> String { Money(minor: minor, currency: currency).displayText }
        words =
            "\(Trend.courseDays) days: from \(text(first)) to \(text(last)), lowest \(text(low)), highest \(text(high))"
        png = Self.draw(item.course, low: low, high: high)
    }

    private static func draw(_ course: [Int?], low: Int, high: Int) -> PNG {
        var canvas = Canvas(width: width * scale, height: height * scale)
        let (right, bottom) = (canvas.width - 2 * margin, canvas.height - 2 * margin)
        func x(_ place: Int) -> Int { margin + right * place / max(1, course.count - 1) }
        // In floating point: prices may be as large as integers go.
        func y(_ minor: Int) -> Int {
            margin
                + Int((Double(bottom) * (1 - (Double(minor) - Double(low)) / (Double(high) - Double(low)))).rounded())
        }
        for place in course.indices {
            guard let price = course[place] else { continue }
            // Each price is valid until the next one.
            let end = place + 1 < course.count ? x(place + 1) : x(place)
            canvas.fill(x(place)..<end, (y(price) + 1)..<canvas.height, shade: 3)
            canvas.fill((x(place) - 1)..<(end + 2), (y(price) - 1)..<(y(price) + 2), shade: 15)
            if place > 0, let before = course[place - 1] {
                let (top, foot) = (min(y(before), y(price)), max(y(before), y(price)))
                canvas.fill((x(place) - 1)..<(x(place) + 2), (top - 1)..<(foot + 2), shade: 15)
            }
        }
        if let place = course.lastIndex(where: { $0 != nil }), let price = course[place] {
            canvas.dot(x(min(place + 1, course.count - 1)), y(price), radius: 5)
        }
        return PNG(
            width: canvas.width,
            shades: canvas.shades,
            red: colour.red,
            green: colour.green,
            blue: colour.blue
        )
    }
}

/// Pixels in one colour; what lies outside is not drawn, and nothing gets paler.
private struct Canvas {
    let width: Int
    let height: Int
    private(set) var shades: [UInt8]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        shades = Array(repeating: 0, count: width * height)
    }

    mutating func fill(_ columns: Range<Int>, _ rows: Range<Int>, shade: UInt8) {
        for row in rows.clamped(to: 0..<height) {
            for column in columns.clamped(to: 0..<width) {
                shades[row * width + column] = max(shades[row * width + column], shade)
            }
        }
    }

    /// With a soft edge.
    mutating func dot(_ x: Int, _ y: Int, radius: Int) {
        for row in (y - radius - 1)...(y + radius + 1) {
            for column in (x - radius - 1)...(x + radius + 1) {
                let square = Double((row - y) * (row - y) + (column - x) * (column - x))
                let cover = min(max(Double(radius) + 0.5 - square.squareRoot(), 0), 1)
                fill(column..<(column + 1), row..<(row + 1), shade: UInt8((cover * 15).rounded()))
            }
        }
    }
}
