/// A currency by its ISO 4217 code.
package struct Currency: Hashable, Sendable {
    /// Three capital letters, one of `Currency.all`.
    package let code: String

    /// nil unless `code` is an ISO 4217 code in use; case does not matter.
    package init?(code: some StringProtocol) {
        let upper = code.uppercased()
        guard Currency.exponents[upper] != nil else { return nil }
        self.code = upper
    }

    /// How many decimal places the minor unit has, 0…4: JPY 0, EUR 2, KWD 3.
    package var exponent: Int { Currency.exponents[code] ?? 2 }
}

extension Currency: CustomStringConvertible {
    package var description: String { code }
}

extension Currency: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let code = try container.decode(String.self)
        guard let currency = Currency(code: code) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "“\(code.prefix(20))” is not an ISO 4217 currency code."
            )
        }
        self = currency
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}

extension Currency {
    /// Every code in use with its decimal places.
    ///
    /// Source: ISO 4217, list one.
    package static let exponents: [String: Int] = {
        var exponents: [String: Int] = [:]
        for (places, codes) in codesByExponent {
            for code in codes.split(whereSeparator: \.isWhitespace) { exponents[String(code)] = places }
        }
        return exponents
    }()

    private static let codesByExponent: [(Int, String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
        (
            2,
            """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
            COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR
            ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
            MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE
            SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG
            """
        ),
    ]
}
