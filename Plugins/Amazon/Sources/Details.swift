import Markup
import Model
import PluginAPI

/// Picture and seller.
struct Details {
    private let document: Document

    init(_ document: Document) {
        self.document = document
    }

    var image: Candidate? {
        for id in ["landingImage", "imgBlkFront", "ebooksImgBlkFront", "main-image"] {
            guard let element = document.element(id: id) else { continue }
            let largest = element["data-a-dynamic-image"].flatMap { JSONParser.values($0).first?.members.first?.key }
            for source in [element["data-old-hires"], element["src"], largest] {
                // Pictures that are written into the page have no address of their own.
                guard let source, let address = try? WebAddress(source) else { continue }
                return Amazon.candidate(.image(address.text), at: "#\(id)", text: source, confidence: 0.95)
            }
        }
        return nil
    }

    var seller: Candidate? {
        for id in ["sellerProfileTriggerId", "merchantInfoFeature_feature_div", "merchant-info"] {
            for element in document.elements(id: id) {
                // Around the name stands “Sold by” in every language.
                let name =
                    id == "sellerProfileTriggerId"
                    ? element
                    : element.descendants.first { $0.is(.a) || $0.hasClass("offer-display-feature-text-message") }
                guard let text = name?.visibleText(limit: 200), !text.isEmpty else { continue }
                return Amazon.candidate(.seller(text), at: "#\(id)", text: text, confidence: 0.9)
            }
        }
        return nil
    }
}
