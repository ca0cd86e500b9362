/// The signs of `CurrencySigns`, one row each: currencies, then signs.
///
/// The first currency is meant where nothing speaks for another, unless the row is `open`; `leads` marks signs that
/// stand before the amount. Signs of letters alone count only beside a number, but for those marked `!`. `=` before a
/// sign: only in exactly these letters; `?`: also only where the context confirms it. ISO 4217 codes need no entry.
enum CurrencySignTable {
    static let text = """
        USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU JMD TTD BBD BSD BZD BMD FJD GYD KYD LRD NAD SBD SRD XCD BND CUP DOP open leads|$ dollar dollars dólar dólares dollari доллар долларов
        MXN ARS CLP COP PHP UYU DOP CUP open|peso pesos
        USD leads|us$ u$s u$d u$ $us usd$ $usd !美元 !美金 !ドル !달러
        CAD leads|ca$ can$ cdn$ cad$ $ca $cad $can =CDN
        CAD NIO leads|c$
        AUD leads|a$ au$ aud$ $au $aud
        NZD leads|nz$ nzd$ $nz $nzd
        SGD leads|s$ sg$ sgd$ $sg $sgd
        HKD leads|hk$ hkd$ $hk $hkd !港币 !港幣 !港元 !港纸 !港紙
        TWD leads|nt$ ntd$ tw$ twd$ =NT =NTD !台币 !台幣 !臺幣 !新台币 !新台幣 !新臺幣
        MXN leads|mx$ mex$ mxn$ $mx $mxn m$n
        ARS leads|ar$ ars$ $ar $ars
        CLP leads|clp$ cl$ ch$ $clp
        COP leads|col$ cop$ co$ $cop $col
        UYU leads|$u uy$ uyu$ $uy
        BRL leads|r$ brl$ reais
        DOP leads|rd$ dop$
        JMD leads|j$ jmd$ ja$
        TTD leads|tt$ ttd$
        BBD leads|bds$ bbd$
        BZD leads|bz$ bzd$
        BMD leads|bd$ bmd$
        BSD BND open leads|b$
        XCD leads|ec$ xcd$
        FJD leads|fj$ fjd$
        GYD leads|g$ gy$ gyd$
        KYD leads|ci$ kyd$
        LRD leads|l$ ld$ =LD
        NAD leads|n$ nad$
        SBD leads|si$ sbd$
        SRD leads|sr$ srd$ $sr
        TOP leads|t$ pa'anga
        WST leads|ws$ tālā
        MOP leads|mop$ !澳门元 !澳門元 pataca patacas
        CUP leads|cuc$ cup$
        ZWG leads|z$
        NIO leads|córdoba córdobas
        VES leads|bs.s bs.f bs.d =BsS =BsF =VEF
        BOB VES open leads|=Bs =BS bolívares bolivares
        BOB leads|$b boliviano bolivianos
        PEN leads|s/ soles
        PAB leads|b/ balboa balboas
        GTQ leads|=Q =q quetzal quetzales
        HNL MDL open|?L
        HNL leads|lps lempira lempiras
        CRC leads|₡ colones colón
        PYG leads|₲ =Gs guaraní guaraníes
        PHP leads|₱ piso
        HTG|?G gourde gourdes
        AWG ANG open leads|ƒ afl
        EUR|€ !euro !euros !евро !ευρω !ευρώ evro eiro eurot eura eurų euró eurón eurów !欧元 !歐元 !ユーロ !유로 !يورو !יורו
        GBP EGP LBP FKP GIP SHP SYP SDG SSP leads|£ ₤
        GBP leads|gb£ uk£ £stg stg sterling !英镑 !英鎊 !파운드 !ポンド
        EGP leads|e£ l.e =LE !جنيه !جنيهات ج.م جم جن
        SDG leads|ج.س
        LBP leads|l.l =LL l£ ل.ل
        SYP leads|s£ =LS ل.س
        FKP leads|fk£
        JPY|!円 jp¥ !日元 !日圓 !日円 !엔 yen
        CNY leads|cn¥ rmb¥ !rmb !人民币 !人民幣 !元人民币 !元人民幣 yuan renminbi
        JPY CNY open leads|¥
        CNY TWD HKD MOP open|!元 !圆 !圓 !块
        KRW leads|₩ !원 won !韩元 !韓元 !ウォン
        INR leads|₹ रुपये रुपए रुपया ரூ ரூபாய்
        INR NPR open leads|रु रू र
        INR PKR LKR NPR MUR SCR open leads|rs ₨ =Re rupee rupees
        PKR leads|روپے روپیہ روپئے
        LKR leads|රු slrs
        NPR leads|नेरू नेरु ने.रू nrs
        BDT leads|৳ tk টাকা taka
        BTN leads|=Nu ngultrum
        MVR leads|=Rf mrf ރ
        AFN leads|؋ افغانی =Af afs
        RUB BYN|₽ !руб !рубль !рубля !рублей !рубли rbl rubles
        RUB|=р =Р =₽
        BYN|бел.руб
        BYN ETB open|=Br
        ETB|ብር birr
        UAH|₴ !грн !гривень !гривна !гривен !гривні hrn
        KZT|₸ тг тенге теңге
        KGS UZS open|сом som
        UZS|so'm сўм сум soum
        TJS|сомони =SM =смн
        TMT|manat
        AZN|₼ =man манат
        GEL|₾ ლარი ლ lari лари
        AMD|֏ դր դրամ драм dram
        MNT|₮ төг tögrög
        PLN|!zł zl !złotych złote złoty zlotych zloty злотых
        CZK|!kč =Kc kčs korun koruna koruny
        HUF|!=Ft =FT forint forintot
        RON MDL|lei =leu
        BGN|!лв лева
        RSD|дин din динара dinara рсд
        MKD|ден den денари денар
        BAM|=KM =КМ
        HRK|=kn =Kn =KN kuna
        ALL|lekë lek
        TRY|₺ tl лир lira liras
        SEK NOK DKK ISK open|kr krona kronor krone kroner króna krónur крон
        SEK|skr
        NOK|nkr
        DKK|dkr
        ISK|ikr íkr
        CHF leads|sfr fr =Frs franken
        CHF XPF XOF XAF DJF GNF RWF BIF KMF CDF open|₣ franc francs
        XPF XOF XAF open|?F
        XPF|fcfp cfpf
        XOF XAF open|cfa fcfa f.cfa
        BIF|fbu
        DJF|fdj
        GNF|=FG
        KMF|=CF
        RWF|r₣ frw =RF
        CDF|=FC
        ILS|₪ !nis !שח !ש"ח שקל שקלים shekel shekels
        VND|₫ !đ vnđ đồng dong
        THB leads|฿ !บาท baht
        IDR leads|=Rp =RP =rp rupiah
        MYR leads|=RM =Rm ringgit
        KHR|៛ riel
        LAK|₭ kip ກີບ
        MMK|=Ks kyat ကျပ်
        MMK PGK ZMW LAK open|?K
        PGK|kina
        SAR|ر.س رس s.r
        SAR SCR|=SR
        AED|د.إ
        AED MAD open|=Dh =DH =dh dhs درهم دراهم dirham dirhams
        MAD|د.م =MDH
        QAR|ر.ق =QR q.r
        OMR|ر.ع =RO r.o
        YER|ر.ي =YR
        SAR QAR OMR YER IRR open|ريال ﷼ riyal riyals rial
        IRR|ریال
        KWD|د.ك =KD k.d
        BHD|د.ب =BD b.d
        JOD|د.أ د.ا =JD j.d
        IQD|د.ع ع.د =ID i.d
        LYD|د.ل ل.د
        TND|د.ت =DT
        DZD|د.ج دج =DA
        KWD BHD JOD IQD LYD TND DZD RSD open|دينار dinar dinars
        MRU|أ.م =UM ouguiya
        SOS|sh.so s.sh ?S
        ZAR leads|=R rand
        NGN leads|₦ naira
        GHS leads|₵ gh₵ gh¢ =GHC =GH cedi cedis
        KES leads|ksh kshs
        TZS leads|tsh tshs
        UGX leads|ush ushs
        KES TZS UGX SOS open leads|=Sh shs shilling shillings
        ERN|nfk ناكفا نافكا nakfa
        MWK leads|=MK
        ZMW leads|=ZK
        MZN|=MT mtn meticais
        AOA|=Kz kwanza kwanzas
        BWP leads|?P pula
        SZL leads|?E emalangeni
        GMD leads|?D dalasi
        SLE leads|=Le leone leones
        STN|=Db dobras
        CVE|=Esc escudos
        MGA|=Ar ariary
        VUV|vt vatu
        open|₿ ƀ btc ₶ ₷ ¤ ₳ ₢ ₧ ₯ ₻ toman تومان تومن
        """
}
