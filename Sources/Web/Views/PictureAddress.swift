/// Which pictures pages show.
enum PictureAddress {
    /// Only what the content security policy lets through; everything else would be a broken picture.
    static func shown(_ address: String) -> String? {
        let lower = address.prefix(11).lowercased()
        return lower.hasPrefix("https://") || lower.hasPrefix("data:image/") ? address : nil
    }

    /// The letter that stands where there is no picture.
    static func initial(of name: String) -> String {
        name.first { $0.isLetter || $0.isNumber }.map { $0.uppercased() } ?? "?"
    }
}
