import Model
import Monitoring

/// What stands above and below a page of the list of products: the words searched for, the order, the way to other
/// pages.
struct ListPaging: Sendable {
    let search: String
    let orders: [ChoiceView]
    let filters: [ChoiceView]
    /// nil where everything is on this page anyway.
    let pages: PagesView?
    /// The way back to the whole list; nil where this is it.
    let all: String?

    struct PagesView: Sendable {
        /// Such as `1–50 of 1,204`.
        let range: String
        /// The way to the pages before and after this one, with the state of this one; nil where there is none.
        let previous: String?
        let next: String?
    }

    init(_ list: ProductList) {
        let selection = list.selection
        search = selection.search
        orders = ProductSelection.Order.allCases.map { order in
            ChoiceView(value: order.rawValue, text: order.words, isChosen: order == selection.order)
        }
        filters =
            [ChoiceView(value: "", text: "All", isChosen: selection.filter == nil)]
            + ProductSelection.Filter.allCases.map { filter in
                ChoiceView(value: filter.rawValue, text: filter.words, isChosen: filter == selection.filter)
            }
        let isWhole = selection.search.isEmpty && selection.filter == nil
        let last = list.first + list.products.count - 1
        let count = "\(list.isCounted ? "" : "more than ")\(CountText.grouped(list.count))"
        let isAlone = list.next == nil && list.previous == nil
        pages =
            list.products.isEmpty || isAlone && isWhole
            ? nil
            : PagesView(
                range: "\(CountText.grouped(list.first))–\(CountText.grouped(last)) of \(count)",
                previous: list.previous.map { Self.path(selection, cursor: $0) },
                next: list.next.map { Self.path(selection, cursor: $0) }
            )
        all = isWhole ? nil : Self.path(ProductSelection(order: selection.order), cursor: nil)
    }

    private static func path(_ selection: ProductSelection, cursor: String?) -> String {
        var query: [String] = []
        if !selection.search.isEmpty { query.append("search=\(selection.search.queryEncoded)") }
        if selection.order != .newest { query.append("sort=\(selection.order.rawValue)") }
        if let filter = selection.filter { query.append("filter=\(filter.rawValue)") }
        if let cursor { query.append("cursor=\(cursor.queryEncoded)") }
        return query.isEmpty ? "/" : "/?\(query.joined(separator: "&"))"
    }
}

extension ProductSelection.Order {
    fileprivate var words: String {
        switch self {
        case .newest: "Newest"
        case .name: "Name"
        case .changed: "Last change"
        }
    }
}

extension ProductSelection.Filter {
    fileprivate var words: String {
        switch self {
        case .target: "At their target"
        case .failing: "Failing"
        }
    }
}
