import Testing
import TestSupport

/// Pages of real shops, watched while their prices change.
@Suite(.timeLimit(.minutes(20)))
struct CorpusTests {
    /// Pages that state their price in several ways that agree.
    private static let files = [
        "argos-co-uk-1.html", "bhphotovideo-com-1.html", "boscovs-com-1.html", "eduscho-at-2.html",
        "microcenter-com-1.html", "mouser-com-1.html", "shop-bestseller-com-1.html",
    ]

    @Test(.enabled(if: CorpusPage.isPresent, "Needs the corpus in the folder ../shared."))
    func `real pages get their history, and one mail each when their price falls below the target`() async throws {
        let (shop, sink) = (try Shop(), try await SMTPSink())
        let installation = try Installation(Household.settings(mail: sink.port))
        let pages = try await CorpusPage.load(Self.files)
        #expect(pages.count == Self.files.count)

        try await installation.run { program in
            let home = try await Household.moveIn(program)
            try await home.addMailChannel()
            for (index, page) in pages.enumerated() {
                let address = shop.put(page.bytes, at: page.path)
                let (cheaper, dearer) = (page.times(0.8), page.times(1.1))
                let target = "\(page.times(0.9).price) \(page.currency)"
                let product: REST.Product = try await home.rest.call(
                    "POST",
                    "/products",
                    ["url": address, "target": target]
                )
                for change in [page, dearer, cheaper] {
                    shop.put(change.bytes, at: page.path)
                    let check = try await home.check(product)
                    // The check that adding caused may have read this page already; the history below says what it saw.
                    if check.outcome == "unchanged", change.minor == page.minor { continue }
                    try #require(check.price?.minor == change.minor, "\(page.file)")
                    try #require(check.price?.currency == page.currency, "\(page.file)")
                }
                // The same bytes are not read again, and nobody is told again.
                try #require(try await home.check(product).outcome == "unchanged", "\(page.file)")
                let prices = try await home.rest.history(product.id).map { $0.price?.minor }
                #expect(prices == [cheaper.minor, dearer.minor, page.minor], "\(page.file)")

                let mail = try await sink.received(index + 1)[index]
                #expect(mail.text.contains(cheaper.price), "\(page.file)")
            }
            #expect(try await home.tryMailChannel().status == 200)
        }
        // The test mail is the last: no page was told of twice.
        let last = try await sink.received(pages.count + 1)[pages.count]
        #expect(last.subject.contains("Test"))
    }
}

extension CorpusPage {
    /// The page with its price multiplied, rounded to hundredths.
    fileprivate func times(_ factor: Double) -> CorpusPage {
        let minor = Int((Double(minor ?? 0) * factor).rounded())
        return priced("\(minor / 100).\(minor % 100 < 10 ? "0" : "")\(minor % 100)")
    }
}
