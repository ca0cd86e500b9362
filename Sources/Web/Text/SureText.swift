/// How far a reading is trusted, in words.
enum SureText {
    /// `97 % sure`; never 100 %, for nothing read from a page is.
    static func sure(_ confidence: Double) -> String { "\(percent(confidence))\u{a0}% sure" }

    /// A whole number, 0…99.
    static func percent(_ confidence: Double) -> Int {
        guard confidence.isFinite else { return 0 }
        return min(99, max(0, Int((confidence * 100).rounded())))
    }

    /// The class that colours it: `sure`, `fair` or `unsure`.
    static func level(_ confidence: Double) -> String {
        confidence >= 0.8 ? "sure" : confidence >= 0.5 ? "fair" : "unsure"
    }

    /// `−4.9 %`, `+8.4 %`; nil for a change that rounds to nothing.
    static func change(_ fraction: Double) -> String? {
        guard fraction.isFinite else { return nil }
        let tenths = Int((min(abs(fraction), 100) * 1000).rounded())
        guard tenths > 0 else { return nil }
        let sign = fraction < 0 ? "−" : "+"
        return tenths >= 1000 ? "\(sign)\((tenths + 5) / 10)\u{a0}%" : "\(sign)\(tenths / 10).\(tenths % 10)\u{a0}%"
    }
}
