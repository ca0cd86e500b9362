import Model
import Monitoring

/// One alert, to be changed: `alert.mustache`.
struct AlertView: Sendable {
    let frame: PageFrame
    let formToken: String
    let alert: AlertRow
    let form: AlertFormView
    /// The page that comes back after the form: `product` or `alerts`.
    let from: String

    /// `typed` could not be used.
    init(
        _ rule: Rule,
        product: Product,
        from: String,
        typed: AlertEntry?,
        problem: RequestError?,
        now: Timestamp,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        alert = AlertRow(rule, product: product, now: now)
        form = AlertFormView(changing: rule, typed: typed, problem: problem)
        self.from = from == "alerts" ? from : "product"
    }
}
