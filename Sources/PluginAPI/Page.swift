package import Markup
package import Model

/// One fetched page, parsed.
///
/// Holds a C document and is used by one thread at a time; it is made and read within one call of the reader.
package final class Page {
    /// The address that answered, after redirects.
    package let address: WebAddress
    /// The parsed page.
    package let document: Document

    /// A page whose `document` was parsed with the character set its header, mark or meta tag named.
    package init(address: WebAddress, document: Document) {
        self.address = address
        self.document = document
    }
}
