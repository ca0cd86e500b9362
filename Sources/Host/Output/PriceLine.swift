import Model
import Operations

/// What a price text means, as JSON.
enum PriceLine {
    /// One line of `host price --batch`'s input.
    struct Question: Decodable {
        let input: String
        let currencyHint: String?
        let locale: String?
        let defaultCurrency: String?
        let url: String?
    }

    static func answer(_ question: Question) throws(Failure) -> JSON {
        var context = PriceText.Context(currencyHint: question.currencyHint, locale: question.locale)
        if let code = question.defaultCurrency, !code.isEmpty {
            guard let currency = Currency(code: code) else {
                throw Failure(.usage, "“\(code.prefix(20))” is not an ISO 4217 currency code. Write one such as EUR.")
            }
            context.defaultCurrency = currency
        }
        if let url = question.url, !url.isEmpty {
            do {
                context.topLevelDomain = TopLevelDomain.text(of: try WebAddress(url).host)
            } catch {
                throw Failure(.usage, "\(error)")
            }
        }
        return json(PriceText.read(question.input, in: context))
    }

    static func json(_ meaning: PriceText.Meaning) -> JSON {
        switch meaning {
        case .money(let money):
            .object([
                .init("amount", .string(money.decimal)),
                .init("currency", .string(money.currency.code)),
                .init("minor", .integer(money.minor)),
            ])
        case .amount(let amount):
            .object([.init("amount", .string(amount)), .init("currency", .null), .init("minor", .null)])
        case .ambiguous(let why, let readings):
            .object([.init("ambiguous", .string(why)), .init("readings", .array(readings.map(JSON.string)))])
        case .none: .object([.init("none", .bool(true))])
        }
    }
}
