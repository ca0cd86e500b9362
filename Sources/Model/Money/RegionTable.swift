/// How countries write prices: currency (`-`: several), what stands before decimals (`?`: both are common), codes.
///
/// The first row of a currency is its home. Sources: ISO 3166-1, ISO 4217 and the number formats of Unicode CLDR.
enum RegionTable {
    static let regions = """
        EUR , AD AT BE BG CY DE EE ES FI FR GF GP GR HR IT LT LU LV MC ME MQ NL PM PT RE SI SK SM VA XK YT EU
        EUR . IE MT
        USD . US PR GU VI AS MP UM BQ IO MH FM PW SV TC VG TL
        USD , EC
        GBP . GB UK IM JE GG
        AUD . AU CX CC NF NR KI TV HM
        CAD . CA
        CAD , fr-CA
        NZD . NZ CK NU TK PN
        CHF . CH LI
        CHF , fr-CH
        JPY . JP
        CNY . CN
        HKD . HK
        TWD . TW
        MOP . MO
        KRW . KR
        SGD . SG
        MYR . MY
        THB . TH
        PHP . PH
        IDR , ID
        VND , VN
        INR . IN
        PKR . PK
        LKR . LK
        NPR . NP
        BDT . BD
        BTN . BT
        MVR . MV
        MUR . MU
        SCR . SC
        BND ? BN
        KHR ? KH
        LAK ? LA
        MMK . MM
        MNT . MN
        KZT , KZ
        KGS , KG
        UZS , UZ
        TJS , TJ
        TMT , TM
        AZN , AZ
        AMD , AM
        GEL , GE
        RUB , RU SU
        UAH , UA
        BYN , BY
        MDL , MD
        PLN , PL
        CZK , CZ
        HUF , HU
        RON , RO
        RSD , RS
        MKD , MK
        ALL , AL
        BAM , BA
        TRY , TR
        SEK , SE AX
        NOK , NO SJ BV
        DKK , DK GL FO
        ISK , IS
        BRL , BR
        ARS , AR
        CLP , CL
        COP , CO
        UYU , UY
        PYG , PY
        BOB , BO
        VES , VE
        CRC ? CR
        MXN . MX
        PEN . PE
        GTQ . GT
        HNL . HN
        NIO . NI
        PAB . PA
        DOP . DO
        CUP . CU
        HTG ? HT
        JMD . JM
        TTD . TT
        BBD . BB
        BSD . BS
        BZD . BZ
        BMD . BM
        KYD . KY
        GYD . GY
        SRD , SR
        XCD . AG AI DM GD KN LC MS VC
        AWG ? AW
        XCG ? CW SX
        FJD . FJ
        PGK . PG
        SBD . SB
        TOP . TO
        WST . WS
        VUV ? VU
        XPF , NC PF WF
        ILS . IL PS
        AED . AE
        SAR . SA
        QAR . QA
        KWD . KW
        BHD . BH
        OMR . OM
        JOD . JO
        IQD . IQ
        LBP . LB
        SYP . SY
        YER . YE
        IRR . IR
        AFN ? AF
        EGP . EG
        SDG . SD
        SSP . SS
        LYD ? LY
        TND ? TN
        TND , fr-TN
        DZD , DZ
        MAD ? MA EH
        MRU ? MR
        XOF , SN CI BJ BF ML NE TG GW
        XAF , CM GA CG TD CF GQ
        CDF , CD
        GNF , GN
        RWF ? RW
        BIF ? BI
        DJF ? DJ
        KMF ? KM
        MGA ? MG
        ETB . ET
        ERN . ER
        SOS . SO
        KES . KE
        TZS . TZ
        UGX . UG
        ZMW . ZM
        MWK . MW
        ZWG . ZW
        BWP . BW
        NAD ? NA
        ZAR ? ZA LS
        SZL . SZ
        MZN , MZ
        AOA , AO
        NGN . NG
        GHS . GH
        GMD . GM
        SLE . SL
        LRD . LR
        CVE , CV
        STN , ST
        GIP . GI
        FKP . FK
        SHP . SH
        """

    /// For language tags without a country.
    static let languages = """
        - . en
        - , pt
        - ? es ar sw sr bs
        EUR , de fr it nl fi et lv lt sk sl el hr ca eu gl lb bg
        EUR . ga mt
        SEK , sv
        NOK , nb nn no
        DKK , da
        ISK , is
        CZK , cs
        PLN , pl
        HUF , hu
        RON , ro
        MKD , mk
        ALL , sq
        TRY , tr
        RUB , ru
        UAH , uk
        BYN , be
        KZT , kk
        AZN , az
        AMD , hy
        GEL , ka
        IDR , id
        VND , vi
        JPY . ja
        CNY . zh
        KRW . ko
        THB . th
        MYR . ms
        PHP . fil tl
        INR . hi mr ta te gu kn ml pa
        BDT . bn
        NPR . ne
        PKR . ur
        LKR . si
        ILS . he iw
        IRR . fa
        MMK . my
        ZAR ? af
        """

    /// Country domains that are sold to everyone, so that they name no country.
    static let worldwideDomains: Set<String> = [
        "ai", "ag", "am", "cc", "cd", "co", "eu", "fm", "gg", "im", "io", "la", "ly", "me", "mu", "pw", "sc", "sh",
        "st",
        "to", "tv", "vc", "ws",
    ]
}
