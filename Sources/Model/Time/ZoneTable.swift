/// The changes of a zone's offset: those that were written down, then those that a rule gives.
struct ZoneTable: Hashable, Sendable {
    struct Change: Hashable, Sendable {
        /// Seconds since 1970.
        let at: Int
        /// Seconds; from here on.
        let offset: Int
    }

    /// Ascending, each with another offset than the one before.
    let changes: [Change]
    /// Before the first change.
    let first: Int
    /// What holds after the last change; nil when nothing changes any more.
    let rule: ZoneRule?

    init(changes: [Change], first: Int, rule: ZoneRule?) {
        var kept: [Change] = []
        var offset = first
        for change in changes where change.offset != offset {
            kept.append(change)
            offset = change.offset
        }
        self.changes = kept
        self.first = first
        self.rule = rule
    }

    func stretch(at second: Int) -> ZoneStretch {
        let next = firstChange(after: second)
        if next == changes.count, let rule { return stretch(at: second, by: rule) }
        return written(before: next, end: next < changes.count ? changes[next].at : nil)
    }

    /// The stretch that begins with the change in front of `next`.
    private func written(before next: Int, end: Int?) -> ZoneStretch {
        guard next > 0 else { return ZoneStretch(start: nil, offsetBefore: first, offset: first, end: end) }
        let before = next > 1 ? changes[next - 2].offset : first
        return ZoneStretch(
            start: changes[next - 1].at,
            offsetBefore: before,
            offset: changes[next - 1].offset,
            end: end
        )
    }

    private func stretch(at second: Int, by rule: ZoneRule) -> ZoneStretch {
        let last = changes.last?.at ?? Int.min
        let ruled = rule.stretch(at: second)
        guard let start = ruled.start, start > last else {
            // The rule's own last change is the written one, or lies before it.
            guard let written = changes.last else { return ruled }
            return ZoneStretch(
                start: written.at,
                offsetBefore: changes.count > 1 ? changes[changes.count - 2].offset : first,
                offset: ruled.offset,
                end: ruled.end
            )
        }
        return ruled
    }

    /// The place of the first change later than `second`.
    private func firstChange(after second: Int) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= second { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
