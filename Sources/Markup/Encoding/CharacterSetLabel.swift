/// What pages call character sets, and what the C library calls them.
///
/// Source: WHATWG Encoding Standard § “names and labels”.
enum CharacterSetLabel {
    /// The standard's name for a label, lower case; nil where it is unknown.
    static func canonical(_ label: String) -> String? { names[label] }

    /// The name under which iconv knows what a standard name means on the web.
    static func iconvName(_ canonical: String) -> String { iconvNames[canonical] ?? canonical.uppercased() }

    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for (name, labels) in table {
            names[name] = name
            for label in labels.split(separator: " ") { names[String(label)] = name }
        }
        for number in 1250...1258 {
            for label in ["windows-\(number)", "cp\(number)"] { names[label] = "windows-\(number)" }
        }
        for number in 1...16 where names["iso-8859-\(number)"] == nil {
            names["iso-8859-\(number)"] = "iso-8859-\(number)"
        }
        return names
    }()

    private static let table: [(String, String)] = [
        ("utf-8", "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"),
        ("utf-16le", "utf-16 ucs-2 unicode csunicode iso-10646-ucs-2"),
        ("utf-16be", "unicodefffe"),
        ("windows-1252", "ascii us-ascii ansi_x3.4-1968 iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 l1 x-cp1252"),
        ("windows-1250", "x-cp1250"),
        ("windows-1251", "x-cp1251 win-1251"),
        ("windows-1254", "iso-8859-9 iso8859-9 iso_8859-9 latin5 x-cp1254"),
        ("windows-874", "tis-620 iso-8859-11 iso8859-11 dos-874"),
        ("iso-8859-2", "iso8859-2 iso_8859-2 latin2 l2"),
        ("iso-8859-5", "iso8859-5 iso_8859-5 cyrillic"),
        ("iso-8859-7", "iso8859-7 iso_8859-7 greek greek8"),
        ("iso-8859-8", "iso8859-8 iso_8859-8 hebrew iso-8859-8-i logical visual"),
        ("iso-8859-15", "iso8859-15 iso_8859-15 latin9 l9"),
        ("koi8-r", "koi koi8 koi8_r"),
        ("koi8-u", "koi8-ru"),
        ("ibm866", "866 cp866"),
        ("macintosh", "mac x-mac-roman"),
        ("gb18030", "gbk x-gbk gb2312 gb_2312 gb_2312-80 chinese iso-ir-58"),
        ("big5", "big5-hkscs cn-big5 x-x-big5"),
        ("shift_jis", "shift-jis sjis x-sjis ms_kanji ms932 windows-31j"),
        ("euc-jp", "x-euc-jp"),
        ("iso-2022-jp", "csiso2022jp"),
        ("euc-kr", "ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cseuckr"),
    ]

    private static let iconvNames = [
        "gb18030": "GB18030", "big5": "BIG5-HKSCS", "shift_jis": "CP932", "euc-kr": "UHC", "windows-874": "CP874",
        "ibm866": "IBM866", "windows-1250": "CP1250", "windows-1251": "CP1251", "windows-1253": "CP1253",
        "windows-1254": "CP1254", "windows-1255": "CP1255", "windows-1256": "CP1256", "windows-1257": "CP1257",
        "windows-1258": "CP1258",
    ]
}
