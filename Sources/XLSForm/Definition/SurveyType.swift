/// What the `type` column of a survey row says.
enum SurveyType {
    case question(QuestionKind)
    case begin(isRepeat: Bool)
    case end(isRepeat: Bool)
    /// A type of the standard that makes no sense in a workbook sent by mail, and why.
    case refused(because: String)
    case unknown

    /// Types and their aliases are those of pyxform, in any case and with any blanks.
    init(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let lowered = words.map { $0.lowercased() }
        let joined = Self.withoutPrompt(lowered).joined(separator: " ")
        if let control = Self.control(joined) {
            self = control
        } else if let kind = Self.plain[joined.replacing("_", with: " ")] {
            self = .question(kind)
        } else if let select = Self.select(words, lowered) {
            self = select
        } else if let reason = Self.reasonToRefuse(lowered) {
            self = .refused(because: reason)
        } else {
            self = .unknown
        }
    }

    /// The type's own word comes first; `begin loop over l` begins with two.
    private static func reasonToRefuse(_ words: [String]) -> String? {
        let commands: Set = [words.first ?? "", words.prefix(2).joined(separator: "_")]
        return refusals.first { !$0.types.isDisjoint(with: commands) }?.reason
    }

    /// `add date prompt`, `q date` and `get start time` are the oldest spellings of `date` and `start time`.
    private static func withoutPrompt(_ words: [String]) -> [String] {
        guard words.count > 1 else { return words }
        if words[0] == "add", words.count > 2, words.last == "prompt" { return Array(words[1..<(words.count - 1)]) }
        return words[0] == "q" || words[0] == "get" ? Array(words.dropFirst()) : words
    }

    private static func control(_ text: String) -> SurveyType? {
        switch text.replacing("_", with: " ") {
        case "begin group": .begin(isRepeat: false)
        case "end group": .end(isRepeat: false)
        case "begin repeat", "begin lgroup", "begin looped group": .begin(isRepeat: true)
        case "end repeat", "end lgroup", "end looped group": .end(isRepeat: true)
        default: nil
        }
    }

    private static func select(_ words: [String], _ lowered: [String]) -> SurveyType? {
        let fromFile = [["select_one_from_file"], ["select", "one", "from", "file"]]
        for command in fromFile where lowered.starts(with: command) && lowered.count == command.count + 1 {
            let file = words[command.count]
            guard lowered[command.count].hasSuffix(".csv") else {
                return .refused(because: "“\(file)” is no table: its name must end in .csv")
            }
            return .question(.selectOneFromFile(table: tableName(file)))
        }
        for (command, isMultiple) in selects where lowered.starts(with: command) && lowered.count > command.count {
            let list = words[command.count]
            let rest = lowered.dropFirst(command.count + 1).joined(separator: " ")
            let orOther = ["or_other", "or other", "or specify other"].contains(rest)
            guard rest.isEmpty || orOther else { return .unknown }
            if !isMultiple, rest.isEmpty, list.lowercased().hasSuffix(".csv") {
                return .question(.selectOneFromFile(table: tableName(list)))
            }
            if list.hasPrefix("${") { return .refused(because: "choices that come from a repeat cannot be printed") }
            return .question(
                isMultiple
                    ? .selectMultiple(list: list, orOther: orOther) : .selectOne(list: list, orOther: orOther))
        }
        return nil
    }

    /// `don_vi.csv` is the table `don_vi`.
    static func tableName(_ file: String) -> String {
        guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
        return String(file[..<dot])
    }

    /// Longer commands first, so that `select one from` is not taken for `select one` of the list `from`.
    private static let selects: [(command: [String], isMultiple: Bool)] = [
        (["add", "select", "multiple", "prompt", "using"], true), (["add", "select", "one", "prompt", "using"], false),
        (["select", "all", "that", "apply", "from"], true), (["select", "all", "that", "apply"], true),
        (["select_multiple"], true), (["select", "multiple", "from"], true), (["select", "multiple"], true),
        (["select1"], false), (["select_one"], false), (["select", "one", "from"], false), (["select", "one"], false),
    ]

    private static let plain: [String: QuestionKind] = [
        "text": .text, "string": .text, "integer": .integer, "int": .integer, "decimal": .decimal, "date": .date,
        "time": .time, "datetime": .dateTime, "date time": .dateTime, "range": .range, "note": .note,
        "calculate": .calculate, "hidden": .hidden, "acknowledge": .acknowledge, "trigger": .acknowledge,
        "file": .attachment, "image": .attachment, "photo": .attachment,
        "today": .metadata("today"), "start": .metadata("start"), "start time": .metadata("start"),
        "end": .metadata("end"), "end time": .metadata("end"), "username": .metadata("username"),
        "email": .metadata("email"),
    ]

    private static let refusals: [(types: Set<String>, reason: String)] = [
        (
            ["audio", "video", "background-audio"],
            "sound and film are not recorded in a workbook; use `file` for an attachment"
        ),
        (
            ["geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint", "location", "gps", "osm"],
            "a workbook knows no position; use `text` for an address"
        ),
        (["audit"], "nobody watches a workbook being filled in"),
        (["barcode"], "a workbook has no camera; use `text`"),
        (
            [
                "deviceid", "imei", "subscriberid", "simserial", "phonenumber", "device", "sim", "subscriber", "phone",
            ], "a workbook comes from no telephone"
        ),
        (["rank"], "a drop-down cannot put choices in order; use one `select_one` for each place"),
        (
            ["select_one_external", "select_multiple_from_file"],
            "choices are taken from the choices sheet or with `select_one_from_file`"
        ),
        (["csv-external", "xml-external"], "tables are named by `pulldata` and `select_one_from_file` alone"),
        (["begin_loop", "end_loop", "include"], "write the questions out, or use a repeat"),
    ]
}
