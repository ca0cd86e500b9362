import Model
import PluginAPI

extension Evidence {
    /// What a candidate shows a person; nil for nothing worth showing.
    init(_ candidate: Candidate) {
        let (field, value): (Field, String?) =
            switch candidate.value {
            case .price(let money): (.price, money.description)
            case .listPrice(let money): (.listPrice, money.description)
            case .ambiguousPrice: (.price, nil)
            case .availability(let availability): (.availability, availability.rawValue)
            case .title(let title): (.title, String(title.prefix(200)))
            case .image(let image): (.image, image)
            case .seller(let seller): (.seller, seller)
            case .shipping(let money): (.shipping, money.description)
            }
        self.init(
            field: field,
            strategy: candidate.strategy,
            path: candidate.path,
            text: candidate.text,
            value: value,
            confidence: candidate.confidence
        )
    }
}
