package import Records

extension Notice {
    /// The same letter in a person's words: both parts are made of the one text, as of a template's.
    package func reworded(_ words: String) -> Notice {
        let text = LetterText(words)
        return Notice(
            kind: kind, recipient: recipient, subject: subject, text: text.plain, html: text.html,
            attachments: attachments)
    }
}
