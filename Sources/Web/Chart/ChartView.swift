import Model

/// A price's course as an SVG: steps, gaps where it could not be bought, marks where a reading was doubted.
struct ChartView: Sendable, Hashable {
    /// `wide` or `narrow`; a class in the style sheet shows one of them.
    let shape: String
    let width: String
    let height: String
    let left: String
    let right: String
    let bottom: String
    let rows: [Row]
    let columns: [Column]
    /// `x,y x,y …` for each stretch in which it could be bought.
    let lines: [String]
    /// The same, closed along the bottom.
    let areas: [String]
    let gaps: [Gap]
    /// Where it was sold in another currency than now.
    let foreign: [Gap]
    let doubts: [Mark]
    let goal: Goal?
    let latest: Mark?

    struct Row: Sendable, Hashable {
        let y: String
        let textY: String
        let text: String
    }

    struct Column: Sendable, Hashable {
        let x: String
        let textY: String
        let text: String
        /// One of `start`, `middle` and `end`.
        let anchor: String
    }

    struct Gap: Sendable, Hashable {
        let x: String
        let y: String
        let width: String
        let height: String
    }

    struct Mark: Sendable, Hashable {
        let x: String
        let y: String
        let label: String
    }

    struct Goal: Sendable, Hashable {
        let y: String
        let textX: String
        let textY: String
        let text: String
    }
}
