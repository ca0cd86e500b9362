/// The first step of adding a product: `add.mustache` with `paste.mustache`.
struct AddView: Sendable {
    let frame: PageFrame
    let formToken: String
    let address: String
    let problem: String?
    /// The path of the product that watches this address already.
    let existing: String?
}
