/// A reader of bytes that strangers wrote, and what must hold whatever they wrote.
///
/// Each is a file's name here and a folder of inputs in `scripts/fuzz`, which says how an input is laid out.
enum Target: String, CaseIterable {
    case page, json, characterSet, priceText

    /// Ends the process where something does not hold.
    func read(_ input: [UInt8]) {
        switch self {
        case .page: PageTarget.read(input)
        case .json: JSONTarget.read(input)
        case .characterSet: CharacterSetTarget.read(input)
        case .priceText: PriceTextTarget.read(input)
        }
    }
}

/// Ends the process with `sentence` unless `condition` holds, in optimised builds too.
func hold(_ sentence: String, _ condition: Bool) {
    if !condition { fatalError("Does not hold: \(sentence)") }
}
