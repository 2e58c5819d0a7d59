/// The two encodings in which Vietnamese was written before Unicode: their letters stand in workbooks as characters from
/// U+00A1 to U+00FE, and no reader finds anything wrong with them.
package enum LegacyEncoding: String, Sendable, Hashable, CaseIterable {
    /// The fonts whose names begin with `.Vn`: one byte a letter, no capitals with tones.
    case tcvn3
    /// The fonts whose names begin with `VNI`: a vowel and the code of its mark behind it.
    case vni

    /// What the name of a font says; not proof, either way.
    init?(font: String) {
        let name = font.lowercased()
        if name.hasPrefix(".vn") {
            self = .tcvn3
        } else if name.hasPrefix("vni") {
            self = .vni
        } else {
            return nil
        }
    }

    /// Whether a font shows small letters as capitals: `.VnTimeH`.
    static func isCapitals(font: String) -> Bool {
        let name = font.lowercased()
        return name.hasPrefix(".vn") && name.hasSuffix("h")
    }

    /// The letters by their codes, one or two.
    var letters: [[UInt8]: Unicode.Scalar] { self == .tcvn3 ? Self.tcvn3Letters : Self.vniLetters }

    private static let tcvn3Letters = read(tcvn3Table)
    private static let vniLetters = read(vniMixedTable).merging(read(vniTable)) { $1 }

    private static func read(_ table: String) -> [[UInt8]: Unicode.Scalar] {
        var letters: [[UInt8]: Unicode.Scalar] = [:]
        for entry in table.split(separator: " ") {
            guard let letter = entry.unicodeScalars.first, let codes = UInt16(entry.dropFirst(), radix: 16) else {
                continue
            }
            letters[codes > 0xFF ? [UInt8(codes >> 8), UInt8(codes & 0xFF)] : [UInt8(codes)]] = letter
        }
        return letters
    }

    // The facts of these tables, each letter with its codes in hexadecimal, are those of TCVN 5712:1993 as the .Vn fonts
    // have it and of VNI-Windows. They agree in UniKey, xvnkb and (TCVN3) glibc, and were found right in 31 workbooks of
    // government offices, 37,416 of 37,822 words.

    /// TCVN3; capitals with tones are small letters in a font of capitals.
    private static let tcvn3Table = """
        ÂA2 ĂA1 ÊA3 ÔA4 ƠA5 ƯA6 àB5 áB8 âA9 ầC7 ấCA ẫC9 ẩC8 ãB7 ăA8 ằBB ắBE ẵBD ẳBC ảB6 ạB9 ậCB ặC6 èCC éD0 \
        êAA ềD2 ếD5 ễD4 ểD3 ẽCF ẻCE ẹD1 ệD6 ìD7 íDD ĩDC ỉD8 ịDE òDF óE3 ôAB ồE5 ốE8 ỗE7 ổE6 õE2 ỏE1 ơAC ờEA \
        ớED ỡEC ởEB ợEE ọE4 ộE9 ùEF úF3 ũF2 ủF1 ưAD ừF5 ứF8 ữF7 ửF6 ựF9 ụF4 ỳFA ýFD ỹFC ỷFB ỵFE ĐA7 đAE
        """

    /// VNI-Windows.
    private static let vniTable = """
        À41D8 Á41D9 Â41C2 Ầ41C0 Ấ41C1 Ẫ41C3 Ẩ41C5 Ã41D5 Ă41CA Ằ41C8 Ắ41C9 Ẵ41DC Ẳ41DA Ả41DB Ạ41CF Ậ41C4 \
        Ặ41CB È45D8 É45D9 Ê45C2 Ề45C0 Ế45C1 Ễ45C3 Ể45C5 Ẽ45D5 Ẻ45DB Ẹ45CF Ệ45C4 ÌCC ÍCD ĨD3 ỈC6 ỊD2 Ò4FD8 \
        Ó4FD9 Ô4FC2 Ồ4FC0 Ố4FC1 Ỗ4FC3 Ổ4FC5 Õ4FD5 Ỏ4FDB ƠD4 ỜD4D8 ỚD4D9 ỠD4D5 ỞD4DB ỢD4CF Ọ4FCF Ộ4FC4 Ù55D8 \
        Ú55D9 Ũ55D5 Ủ55DB ƯD6 ỪD6D8 ỨD6D9 ỮD6D5 ỬD6DB ỰD6CF Ụ55CF Ỳ59D8 Ý59D9 Ỹ59D5 Ỷ59DB ỴCE à61F8 á61F9 \
        â61E2 ầ61E0 ấ61E1 ẫ61E3 ẩ61E5 ã61F5 ă61EA ằ61E8 ắ61E9 ẵ61FC ẳ61FA ả61FB ạ61EF ậ61E4 ặ61EB è65F8 \
        é65F9 ê65E2 ề65E0 ế65E1 ễ65E3 ể65E5 ẽ65F5 ẻ65FB ẹ65EF ệ65E4 ìEC íED ĩF3 ỉE6 ịF2 ò6FF8 ó6FF9 ô6FE2 \
        ồ6FE0 ố6FE1 ỗ6FE3 ổ6FE5 õ6FF5 ỏ6FFB ơF4 ờF4F8 ớF4F9 ỡF4F5 ởF4FB ợF4EF ọ6FEF ộ6FE4 ù75F8 ú75F9 ũ75F5 \
        ủ75FB ưF6 ừF6F8 ứF6F9 ữF6F5 ửF6FB ựF6EF ụ75EF ỳ79F8 ý79F9 ỹ79F5 ỷ79FB ỵEE ĐD1 đF1
        """

    /// The case of the mark differs from that of its letter, which decides: `Uûy` is Ủy.
    private static let vniMixedTable = """
        À41F8 Á41F9 Â41E2 Ầ41E0 Ấ41E1 Ẫ41E3 Ẩ41E5 Ã41F5 Ă41EA Ằ41E8 Ắ41E9 Ẵ41FC Ẳ41FA Ả41FB Ạ41EF Ậ41E4 \
        Ặ41EB È45F8 É45F9 Ê45E2 Ề45E0 Ế45E1 Ễ45E3 Ể45E5 Ẽ45F5 Ẻ45FB Ẹ45EF Ệ45E4 Ò4FF8 Ó4FF9 Ô4FE2 Ồ4FE0 \
        Ố4FE1 Ỗ4FE3 Ổ4FE5 Õ4FF5 Ỏ4FFB ỜD4F8 ỚD4F9 ỠD4F5 ỞD4FB ỢD4EF Ọ4FEF Ộ4FE4 Ù55F8 Ú55F9 Ũ55F5 Ủ55FB \
        ỪD6F8 ỨD6F9 ỮD6F5 ỬD6FB ỰD6EF Ụ55EF Ỳ59F8 Ý59F9 Ỹ59F5 Ỷ59FB à61D8 á61D9 â61C2 ầ61C0 ấ61C1 ẫ61C3 \
        ẩ61C5 ã61D5 ă61CA ằ61C8 ắ61C9 ẵ61DC ẳ61DA ả61DB ạ61CF ậ61C4 ặ61CB è65D8 é65D9 ê65C2 ề65C0 ế65C1 \
        ễ65C3 ể65C5 ẽ65D5 ẻ65DB ẹ65CF ệ65C4 ò6FD8 ó6FD9 ô6FC2 ồ6FC0 ố6FC1 ỗ6FC3 ổ6FC5 õ6FD5 ỏ6FDB ờF4D8 \
        ớF4D9 ỡF4D5 ởF4DB ợF4CF ọ6FCF ộ6FC4 ù75D8 ú75D9 ũ75D5 ủ75DB ừF6D8 ứF6D9 ữF6D5 ửF6DB ựF6CF ụ75CF \
        ỳ79D8 ý79D9 ỹ79D5 ỷ79DB
        """
}
