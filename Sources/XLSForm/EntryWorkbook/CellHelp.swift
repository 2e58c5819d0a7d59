import Records

/// What a cell tells whoever clicks on it: the question's hint as an input message, or as a comment when it is longer than
/// the 255 characters that a message may have (ECMA-376 Part 1, 18.3.1.32).
struct CellHelp {
    let title: String
    let message: String
    let comment: String?

    static let longestTitle = 32
    static let longestMessage = 255

    init(form: FormDefinition, question: Question) {
        let hints = [form.text(question.hint), form.text(question.guidanceHint)]
        var hint = hints.filter { !$0.isEmpty }.joined(separator: "\n")
        if hint.isEmpty, question.kind == .attachment { hint = EntryWording.attachmentHint }
        let fits = hint.utf16.count <= Self.longestMessage
        message = fits ? hint : ""
        comment = fits ? nil : hint
        let label = form.text(question.label)
        title = hint.isEmpty || !fits || label.utf16.count > Self.longestTitle ? "" : label
    }
}
