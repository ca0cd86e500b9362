/// Names of elements and attributes that code asks for; their numbers are the same in every document.
///
/// Every other name gets a number of its own per document, above these.
package enum KnownName: UInt16, CaseIterable, Sendable {
    /// Not an element: a run of text.
    case text
    case a, abbr, article, aside, b, base, bdi, body, br, button, data, dd, del, div, dl, dt, em, fieldset, figure,
        footer
    case form, h1, h2, h3, h4, h5, h6, head, header, hr, html, i, iframe, img, input, ins, label, li, link, main, meta,
        nav
    case noscript, object, ol, option, p, picture, s, script, section, select, small, source, span, strike, strong,
        style
    case sub, sup, svg, table, tbody, td, template, textarea, th, thead, time, title, tr, u, ul
    case action, alt, `class`, content, datetime, disabled, hidden, href, id, itemid, itemprop, itemref, itemscope,
        itemtype
    case lang, name, placeholder, property, rel, role, selected, src, srcset, type, value, typeof, vocab, resource,
        checked
    case ariaHidden, ariaLabel, dataPrice, httpEquiv

    /// As it stands in markup: `aria-label`.
    package var text: String { KnownName.texts[Int(rawValue)] }

    static let texts: [String] = allCases.map { known in
        var text = ""
        for character in "\(known)" {
            if character.isUppercase { text.append("-") }
            text.append(contentsOf: character.lowercased())
        }
        return known == .text ? "#text" : text
    }

    static let numbers: [String: UInt16] = Dictionary(
        uniqueKeysWithValues: texts.enumerated().map { ($0.element, UInt16($0.offset)) }
    )
}
