/// How far a price moved, as people read it.
package enum ChangeText {
    /// A fraction in percent: −0.2 is `−20 %`, 0.004 is `+0.4 %`, 0 is `0 %`; `+>999 %` beyond that.
    ///
    /// Ten percent and more are whole. What is less than a twentieth of a percent reads as 0.
    package static func percent(_ fraction: Double) -> String {
        let tenths = (abs(fraction) * 1000).rounded()
        guard tenths >= 1 else { return "0\u{a0}%" }
        let sign = fraction < 0 ? "−" : "+"
        guard tenths < 10_000 else { return "\(sign)>999\u{a0}%" }
        let number = Int(tenths)
        let text =
            number >= 100 || number % 10 == 0
            ? "\(Int((abs(fraction) * 100).rounded()))" : "\(number / 10).\(number % 10)"
        return "\(sign)\(text)\u{a0}%"
    }
}
