import Model

/// Turns history into a chart.
struct ChartDrawing: Sendable {
    enum Shape: String, Sendable {
        case wide, narrow
    }

    let shape: Shape
    /// Oldest first.
    let runs: [HistoryRun]
    let currency: Currency
    let target: Money?
    let from: Timestamp
    let to: Timestamp
    let scale: PriceScale
    /// Where the prices' scale ends and the lines begin.
    private let left: Double

    /// nil without a believed price.
    init?(_ runs: [HistoryRun], target: Money?, shape: Shape) {
        let sorted = runs.filter { $0.standing != .rejected }.sorted { $0.from < $1.from }
        let believed = sorted.filter { $0.standing == .accepted }
        guard let currency = believed.last(where: { $0.price != nil })?.price?.currency, let first = sorted.first else {
            return nil
        }
        let minors = believed.compactMap { $0.price?.currency == currency ? $0.price?.minor : nil }
        guard let low = minors.min(), let high = minors.max() else { return nil }
        self.shape = shape
        self.runs = sorted
        self.currency = currency
        self.target = target?.currency == currency ? target : nil
        from = first.from
        to = max(sorted.map(\.to).max() ?? first.to, first.from + .minutes(1))
        // A target far from every price would squeeze the line flat; then it is told in words only.
        let near = self.target.map(\.minor).flatMap { $0 * 2 >= low && $0 <= high * 2 ? $0 : nil }
        let scale = PriceScale(around: minors + (near.map { [$0] } ?? []), steps: shape == .wide ? 4 : 3)
        let longest = scale.ticks.map { Self.axisText($0, currency).count }.max()
        self.scale = scale
        left = min(92, 16 + 7.2 * Double(longest ?? 4))
    }

    private var width: Double { shape == .wide ? 760 : 360 }
    private var height: Double { shape == .wide ? 280 : 250 }
    private var top: Double { 14 }
    private var bottom: Double { height - 30 }
    private var right: Double { width - 14 }

    private func x(_ at: Timestamp) -> Double {
        left + (right - left) * Double(at.milliseconds - from.milliseconds)
            / Double(to.milliseconds - from.milliseconds)
    }

    private func y(_ minor: Int) -> Double {
        let share = Double(minor - scale.low) / Double(max(1, scale.high - scale.low))
        return bottom - (bottom - top) * min(1, max(0, share))
    }

    private static func axisText(_ minor: Int, _ currency: Currency) -> String {
        MoneyText.short(Money(minor: minor, currency: currency))
    }

    func view() -> ChartView {
        let stretches = stretches()
        let lines = stretches.map {
            $0.map { "\(ChartNumber.text($0.x)),\(ChartNumber.text($0.y))" }.joined(separator: " ")
        }
        let base = ChartNumber.text(bottom)
        let areas = zip(stretches, lines).compactMap { stretch, line -> String? in
            guard let first = stretch.first, let last = stretch.last else { return nil }
            return "\(ChartNumber.text(first.x)),\(base) \(line) \(ChartNumber.text(last.x)),\(base)"
        }
        return ChartView(
            shape: shape.rawValue,
            width: ChartNumber.text(width),
            height: ChartNumber.text(height),
            left: ChartNumber.text(left),
            right: ChartNumber.text(right),
            bottom: base,
            rows: scale.ticks.map {
                .init(y: ChartNumber.text(y($0)), textY: ChartNumber.text(y($0) + 4), text: Self.axisText($0, currency))
            },
            columns: columns(),
            lines: lines,
            areas: areas,
            gaps: gaps { !isForeign($0) },
            foreign: gaps(isForeign),
            doubts: doubts(),
            goal: goal(),
            latest: stretches.last?.last.flatMap { end in
                runs.last.map { .init(x: ChartNumber.text(end.x), y: ChartNumber.text(end.y), label: label($0)) }
            }
        )
    }

    private struct Point {
        let x: Double
        let y: Double
    }

    private func counts(_ run: HistoryRun) -> Bool {
        run.standing == .accepted && run.availability.canBeBought != false && run.price?.currency == currency
    }

    /// Steps: a price holds until the next believed run begins; what is doubted does not interrupt it.
    private func stretches() -> [[Point]] {
        var stretches: [[Point]] = []
        var current: [Point] = []
        let believed = runs.filter { $0.standing == .accepted }
        for (index, run) in believed.enumerated() {
            guard counts(run), let price = run.price else {
                if current.count > 1 { stretches.append(current) }
                current = []
                continue
            }
            let end = index + 1 < believed.count ? believed[index + 1].from : max(run.to, to)
            current.append(Point(x: x(run.from), y: y(price.minor)))
            current.append(Point(x: x(end), y: y(price.minor)))
        }
        if current.count > 1 { stretches.append(current) }
        return stretches
    }

    /// Sold, but in another currency: that is no time at which it could not be bought.
    private func isForeign(_ run: HistoryRun) -> Bool {
        run.availability.canBeBought != false && run.price.map { $0.currency != currency } ?? false
    }

    private func gaps(_ isShown: (HistoryRun) -> Bool) -> [ChartView.Gap] {
        let believed = runs.filter { $0.standing == .accepted }
        return believed.enumerated().compactMap { index, run in
            guard !counts(run), isShown(run) else { return nil }
            let start = x(run.from)
            let end = x(index + 1 < believed.count ? believed[index + 1].from : max(run.to, to))
            return .init(
                x: ChartNumber.text(start),
                y: ChartNumber.text(top),
                width: ChartNumber.text(max(1, end - start)),
                height: ChartNumber.text(bottom - top)
            )
        }
    }

    private func doubts() -> [ChartView.Mark] {
        runs.filter { $0.standing == .suspect }.compactMap { run in
            guard let price = run.price, price.currency == currency else { return nil }
            return .init(
                x: ChartNumber.text(x(run.from)),
                y: ChartNumber.text(y(price.minor)),
                label: "Doubted: \(label(run))"
            )
        }
    }

    private func goal() -> ChartView.Goal? {
        guard let target, (scale.low...scale.high).contains(target.minor) else { return nil }
        let height = y(target.minor)
        return .init(
            y: ChartNumber.text(height),
            textX: ChartNumber.text(right - 4),
            textY: ChartNumber.text(height + (height > bottom - 22 ? -6 : 15)),
            text: "Target \(MoneyText.full(target))"
        )
    }

    private func columns() -> [ChartView.Column] {
        let count = shape == .wide ? 5 : 3
        let span = to - from
        return (0..<count).map { index in
            let at = from + .milliseconds(span.wholeMilliseconds * index / (count - 1))
            return .init(
                x: ChartNumber.text(x(at)),
                textY: ChartNumber.text(height - 10),
                text: dateText(at, span: span),
                anchor: index == 0 ? "start" : index == count - 1 ? "end" : "middle"
            )
        }
    }

    private func dateText(_ at: Timestamp, span: Duration) -> String {
        let civil = CivilTime(at)
        if span < .days(2) {
            return "\(civil.day) \(civil.monthName) \(civil.hour.twoDigits):\(civil.minute.twoDigits)"
        }
        return span < .days(330) ? "\(civil.day) \(civil.monthName)" : "\(civil.monthName) \(civil.year)"
    }

    private func label(_ run: HistoryRun) -> String {
        let civil = CivilTime(run.from)
        let price = run.price.map(MoneyText.full) ?? "no price"
        return "\(price) from \(civil.day) \(civil.monthName) \(civil.year)"
    }
}
