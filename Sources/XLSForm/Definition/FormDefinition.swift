package import Records

/// A form as its workbook defines it: questions in order, their rules and choices. The XLSForm standard's words are used.
package struct FormDefinition: Sendable, Codable {
    package let settings: FormSettings
    /// Questions and sections in the order of the survey sheet.
    package let items: [FormItem]
    package let choiceLists: [String: ChoiceList]
    /// Tables that `pulldata`, `instance()` and `select_one_from_file` read, by file or sheet name without ending.
    package let tables: [String: ReferenceTable]
    /// SHA-256 of the workbook's bytes (and of its csv files), in hexadecimal.
    package let sha256: String

    package init(
        settings: FormSettings, items: [FormItem], choiceLists: [String: ChoiceList], tables: [String: ReferenceTable],
        sha256: String
    ) {
        self.settings = settings
        self.items = items
        self.choiceLists = choiceLists
        self.tables = tables
        self.sha256 = sha256
    }

    package var identity: FormIdentity { settings.identity }

    /// Every question, sections opened, in the order of the survey sheet.
    package var questions: [Question] { items.flatMap(\.questions) }

    /// Every group and repeat, outer before inner, in the order of the survey sheet.
    package var sections: [Section] { items.flatMap(\.sections) }

    package func question(named name: String) -> Question? { questions.first { $0.name == name } }
}

/// The `settings` sheet.
package struct FormSettings: Sendable, Codable {
    package var title: String
    /// `formpost::short_title`: what letters call it in a subject.
    package var shortTitle: String?
    package var id: String
    package var version: String
    package var defaultLanguage: String?
    package var instanceName: ExpressionSource?
    package var allowsChoiceDuplicates: Bool = false
    /// `formpost::kind`.
    package var kind: FormKind?
    /// `formpost::unit`, `::period`, `::stage`, `::reward`, `::nominee`, `::place`: names of questions.
    package var unitQuestion: String?
    package var periodQuestion: String?
    package var stageQuestion: String?
    package var rewardQuestion: String?
    package var nomineeQuestion: String?
    package var placeQuestion: String?
    /// Row of the settings sheet, counted from 1; nil where they come from no sheet.
    package var row: Int?

    package init(title: String, id: String, version: String) {
        self.title = title
        self.id = id
        self.version = version
    }

    package var identity: FormIdentity { FormIdentity(id: id, version: version) }

    /// The text in the form's default language, else the one without a language, else the first by language's name.
    package func text(_ localized: LocalizedText) -> String {
        if let language = defaultLanguage, let text = localized[language] { return text }
        return localized[""] ?? localized.min { $0.key < $1.key }?.value ?? ""
    }

    /// Whether there is no text in the default language; one without a language serves for it.
    func lacks(_ localized: LocalizedText) -> Bool {
        guard let language = defaultLanguage else { return localized.isEmpty }
        return (localized[language] ?? localized[""] ?? "").isEmpty
    }
}

package indirect enum FormItem: Sendable, Codable {
    case question(Question)
    case section(Section)

    package var questions: [Question] {
        switch self {
        case .question(let question): [question]
        case .section(let section): section.items.flatMap(\.questions)
        }
    }

    package var sections: [Section] {
        switch self {
        case .question: []
        case .section(let section): [section] + section.items.flatMap(\.sections)
        }
    }
}

/// A group or a repeat. Repeats do not nest.
package struct Section: Sendable, Codable {
    package struct Repeat: Sendable, Codable {
        /// `formpost::unique`: the columns that together make a row unique, compared folded.
        package var unique: [String] = []
        /// `formpost::rows`: how many rows the blank workbook prepares.
        package var preparedRows: Int?
        /// `repeat_count`.
        package var count: ExpressionSource?
        /// `required` on the repeat: at least one row is wanted.
        package var required: ExpressionSource?
        /// What a table without rows is; nil when it is nothing to speak of.
        package var requiredSeverity: Severity?

        package init() {}
    }

    package var name: String
    package var label: LocalizedText
    package var hint: LocalizedText = [:]
    /// nil for a group.
    package var repeating: Repeat?
    package var relevant: ExpressionSource?
    package var appearance: String = ""
    /// `formpost::layout`.
    package var layout: String = ""
    /// Names of the sections around it, outermost first.
    package var path: [String]
    /// Row of the survey sheet, counted from 1.
    package var surveyRow: Int = 0
    package var items: [FormItem]

    package init(name: String, label: LocalizedText, path: [String], items: [FormItem]) {
        self.name = name
        self.label = label
        self.path = path
        self.items = items
    }
}

/// One row of the survey sheet that asks, shows or computes something.
package struct Question: Sendable, Codable {
    package var name: String
    package var kind: QuestionKind
    package var label: LocalizedText
    package var hint: LocalizedText = [:]
    package var guidanceHint: LocalizedText = [:]
    /// `required`: an expression, mostly `true()`; nil when never required.
    package var required: ExpressionSource?
    package var requiredMessage: LocalizedText = [:]
    /// What a blank is; nil when a blank is nothing to speak of.
    package var requiredSeverity: Severity?
    /// `constraint` is number 1, `formpost::constraint_2` number 2 and so on.
    package var rules: [Rule] = []
    package var relevant: ExpressionSource?
    package var calculation: ExpressionSource?
    package var defaultValue: ExpressionSource?
    package var isReadOnly = false
    package var choiceFilter: ExpressionSource?
    package var appearance: String = ""
    package var parameters: [String: String] = [:]
    /// `formpost::standard`.
    package var clauses: [String] = []
    /// `formpost::at`: whose cell a finding on this computed value points to.
    package var pointsAt: String?
    /// `formpost::blank` is `zero`.
    package var blankIsZero = false
    /// `formpost::receipt`, with `${}`.
    package var receiptLine: String?
    package var layout: String = ""
    /// Names of the sections around it, outermost first.
    package var path: [String]
    /// The repeat it stands in, if any; the last of `path` or one before it.
    package var repeatName: String?
    /// Row of the survey sheet, counted from 1.
    package var surveyRow: Int

    package init(name: String, kind: QuestionKind, label: LocalizedText, path: [String], surveyRow: Int) {
        self.name = name
        self.kind = kind
        self.label = label
        self.path = path
        self.surveyRow = surveyRow
    }

    /// The absolute path of its node, e.g. `/data/ho_ngheo/ngheo_dau`.
    package var nodePath: String { "/data/" + (path + [name]).joined(separator: "/") }
}

/// A numbered rule of a question.
package struct Rule: Sendable, Codable {
    /// From 1.
    package var number: Int
    package var expression: ExpressionSource
    package var message: LocalizedText
    /// `formpost::severity`, `formpost::severity_2` …; `error` where none is given.
    package var severity: Severity

    package init(number: Int, expression: ExpressionSource, message: LocalizedText, severity: Severity) {
        self.number = number
        self.expression = expression
        self.message = message
        self.severity = severity
    }
}

/// The types of XLSForm that make sense in a spreadsheet.
package enum QuestionKind: Hashable, Sendable, Codable {
    case text, integer, decimal, date, time, dateTime, range
    case note, calculate, hidden, acknowledge
    case selectOne(list: String, orOther: Bool)
    case selectMultiple(list: String, orOther: Bool)
    /// The table's name without its ending.
    case selectOneFromFile(table: String)
    /// `file` and `image`: the name or code of an attachment.
    case attachment
    /// `today`, `start`, `end`, `username`, `email`: taken from the mail.
    case metadata(String)
}

/// Text by language as written in the column head (`Vietnamese (vi)`); the key is empty where no language is named.
package typealias LocalizedText = [String: String]

/// An expression as it stands in the form, with the place where it stands.
package struct ExpressionSource: Hashable, Sendable, Codable {
    package var text: String
    package var sheet: String
    /// Counted from 1.
    package var row: Int
    /// The column's head, e.g. `constraint`.
    package var column: String

    package init(_ text: String, sheet: String = "survey", row: Int, column: String) {
        self.text = text
        self.sheet = sheet
        self.row = row
        self.column = column
    }
}

/// A list of the `choices` sheet, in its order.
package struct ChoiceList: Sendable, Codable {
    package struct Choice: Sendable, Codable {
        package var name: String
        package var label: LocalizedText
        /// Other columns, for `choice_filter`.
        package var attributes: [String: String]

        package init(name: String, label: LocalizedText, attributes: [String: String] = [:]) {
            self.name = name
            self.label = label
            self.attributes = attributes
        }
    }

    package var name: String
    package var choices: [Choice]
    /// Row of the choices sheet where it begins, counted from 1; nil where it comes from no sheet.
    package var row: Int?

    package init(name: String, choices: [Choice]) {
        self.name = name
        self.choices = choices
    }
}
