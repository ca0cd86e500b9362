/// Finds what somebody meant who mistyped a name.
package enum NearestKey {
    /// The candidate with the fewest changed letters, case aside; the first of several.
    package static func nearest(to name: String, among candidates: [String]) -> String? {
        let wanted = Array(name.lowercased())
        return candidates.min { distance(wanted, Array($0.lowercased())) < distance(wanted, Array($1.lowercased())) }
    }

    /// How many letters must be added, removed, changed or swapped with the next (optimal string alignment).
    package static func distance(_ from: [Character], _ to: [Character]) -> Int {
        var rows = [[Int]](repeating: [Int](repeating: 0, count: to.count + 1), count: from.count + 1)
        for row in 0...from.count { rows[row][0] = row }
        for column in 0...to.count { rows[0][column] = column }
        guard !from.isEmpty, !to.isEmpty else { return max(from.count, to.count) }
        for row in 1...from.count {
            for column in 1...to.count {
                let isSame = from[row - 1] == to[column - 1]
                var least = min(rows[row - 1][column] + 1, rows[row][column - 1] + 1)
                least = min(least, rows[row - 1][column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, from[row - 1] == to[column - 2], from[row - 2] == to[column - 1] {
                    least = min(least, rows[row - 2][column - 2] + 1)
                }
                rows[row][column] = least
            }
        }
        return rows[from.count][to.count]
    }
}
