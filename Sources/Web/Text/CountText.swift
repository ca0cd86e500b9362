/// Whole numbers for people.
enum CountText {
    /// With a comma before each three digits: `1,204`.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return number < 0 ? "−\(text)" : text
    }
}
