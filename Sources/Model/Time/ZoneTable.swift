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
    /// What holds from `ruledFrom` on; nil when nothing changes any more.
    let rule: ZoneRule?
    /// The last time that was written down, whether the offset changed then or only its name; nil for ever.
    private let ruledFrom: Int?

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
        ruledFrom = changes.last?.at
    }

    func stretch(at second: Int) -> ZoneStretch {
        let next = firstChange(after: second)
        guard next == changes.count else { return written(before: next, end: changes[next].at) }
        guard let rule else { return written(before: next, end: nil) }
        guard let ruledFrom else { return rule.stretch(at: second) }
        let ruled = rule.stretch(at: max(second, ruledFrom))
        if let start = ruled.start, start > ruledFrom { return ruled }
        let last = written(before: next, end: ruled.end)
        if last.offset == ruled.offset { return last }
        // The rule begins with another offset than the last that was written down.
        guard second >= ruledFrom else { return written(before: next, end: ruledFrom) }
        return ZoneStretch(start: ruledFrom, offsetBefore: last.offset, offset: ruled.offset, end: ruled.end)
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
