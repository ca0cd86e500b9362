/// The language of a page that does not name it, by the script of its titles.
enum LanguageGuess {
    /// Only for scripts that belong to one language; nil for Latin, Cyrillic and Arabic ones.
    static func locale(of texts: [String], characterSet: String) -> String? {
        switch characterSet {
        case "gb18030": return "zh-CN"
        case "big5": return "zh-TW"
        case "shift_jis", "euc-jp", "iso-2022-jp": return "ja-JP"
        case "euc-kr": return "ko-KR"
        case "windows-874": return "th-TH"
        default: break
        }
        var hasHan = false
        for scalar in texts.lazy.flatMap(\.unicodeScalars).prefix(600) {
            switch scalar.value {
            case 0x3041...0x30ff: return "ja-JP"
            case 0xac00...0xd7a3: return "ko-KR"
            case 0x5d0...0x5ea: return "he-IL"
            case 0xe01...0xe3a: return "th-TH"
            case 0x4e00...0x9fff: hasHan = true
            default: break
            }
        }
        return hasHan ? "zh" : nil
    }
}
