import Markup
import Model
import PluginAPI

/// What is offered, by whom, and whether it still can be bought.
///
/// Pages are of two designs: before 2022, and since.
struct ListingPart {
    private let document: Document

    init(_ document: Document) {
        self.document = document
    }

    var isListing: Bool { heading != nil }

    private var heading: Element? {
        document.element(id: "itemTitle") ?? document.elements.first { $0.hasClass("x-item-title__mainTitle") }
    }

    /// Without what stands around the name for readers of screens: “Details about”.
    var name: Candidate? {
        guard let heading else { return nil }
        let own = (heading.index + 1..<max(heading.index + 1, Int(document.nodes[heading.index].end)))
            .filter { document.nodes[$0].isText && Int(document.nodes[$0].parent) == heading.index }
            .map { document.text(of: $0) }.joined(separator: " ")
        let line = own.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let text = line.isEmpty ? heading.visibleText(limit: 500) : line
        guard !text.isEmpty else { return nil }
        let path = heading["id"] == nil ? ".x-item-title__mainTitle" : "#itemTitle"
        return Ebay.candidate(.title(text), at: path, text: text, confidence: 0.95)
    }

    /// The mark of a closed listing, or a message about its state and no way to buy.
    var isEnded: Bool { endMark != nil }

    private var endMark: Element? {
        if let closed = document.elements.first(where: { $0.hasClass("vi-VR-cvipPrice") }) { return closed }
        guard button == nil else { return nil }
        return document.elements.first { element in
            element.hasClass("d-statusmessage") || element.hasClass("x-item-ended")
                || element.hasClass("ux-layout-section__textual-display--statusMessage")
        }
    }

    var ended: Candidate {
        Ebay.candidate(
            .availability(.outOfStock),
            at: endMark?.hasClass("vi-VR-cvipPrice") == true ? ".vi-VR-cvipPrice" : ".statusMessage",
            text: endMark?.visibleText(limit: 200) ?? "",
            confidence: 0.95
        )
    }

    /// To bid, to buy, to put into the cart.
    var button: Candidate? {
        for element in document.elements where !document.nodes[element.index].isText {
            guard let id = element["id"], id.contains("Btn_btn") else { continue }
            guard ["bidBtn_btn", "binBtn_btn", "isCartBtn_btn", "atcBtn_btn"].contains(where: { id.hasPrefix($0) })
            else {
                continue
            }
            let text = element["value"] ?? element.visibleText(limit: 100)
            return Ebay.candidate(.availability(.inStock), at: "#\(id)", text: text, confidence: 0.9)
        }
        return nil
    }

    var seller: Candidate? {
        let link =
            document.element(id: "mbgLink")
            ?? document.elements.first { $0["data-testid"] == "x-sellercard-atf" }?.descendants.first { element in
                element.is(.a) && !element.visibleText(limit: 100).isEmpty
            }
        guard let text = link?.visibleText(limit: 100), !text.isEmpty else { return nil }
        return Ebay.candidate(.seller(text), at: link?["id"] ?? "x-sellercard-atf", text: text, confidence: 0.9)
    }
}
