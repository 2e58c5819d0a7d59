/// What the heads of a sheet may be called: the columns of the standard, and other spellings of them.
///
/// The spellings are those of pyxform, sheet by sheet: a column `tag` of the choices is one of their attributes.
struct SheetColumns {
    /// Columns that are read.
    let used: Set<String>
    /// Columns of the standard that mean nothing to a workbook.
    let ignored: Set<String>
    /// Columns whose text may be given in several languages.
    let translated: Set<String>
    /// The name in the standard by another spelling, in lower case and with `_` for blanks.
    let aliases: [String: String]

    func knows(_ name: String) -> Bool { used.contains(name) || ignored.contains(name) }

    static let survey = SheetColumns(
        used: [
            "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "constraint",
            "constraint_message", "relevant", "calculation", "default", "read_only", "choice_filter", "repeat_count",
            "appearance", "parameters", "disabled", "trigger",
        ],
        ignored: media.union([
            "autoplay", "rows", "save_to", "no_app_error_string", "intent", "compact_tag", "accuracythreshold", "note",
            "notes",
        ]),
        translated: media.union([
            "label", "hint", "guidance_hint", "required_message", "constraint_message", "no_app_error_string",
        ]),
        aliases: [
            "command": "type", "tag": "name", "value": "name", "caption": "label",
            "relevance": "relevant", "readonly": "read_only", "calculate": "calculation",
            "constraining_message": "constraint_message", "jr:constraintmsg": "constraint_message",
            "requiredmsg": "required_message", "jr:requiredmsg": "required_message",
            "count": "repeat_count", "jr:count": "repeat_count",
            "noapperrorstring": "no_app_error_string", "jr:noapperrorstring": "no_app_error_string",
        ])

    static let choices = SheetColumns(
        used: ["list_name", "name", "label"], ignored: media, translated: media.union(["label"]),
        aliases: ["caption": "label", "value": "name"])

    static let settings = SheetColumns(
        used: [
            "form_title", "form_id", "version", "default_language", "instance_name", "allow_choice_duplicates",
            "clean_text_values",
        ],
        ignored: [
            "name",
            "style", "public_key", "submission_url", "auto_send", "auto_delete", "namespaces",
            "instance_xmlns", "prefix", "omit_instanceid", "sms_keyword", "sms_separator", "sms_allow_media",
            "sms_date_format", "sms_datetime_format", "add_none_option", "client_editable", "instance_id",
        ],
        translated: [],
        aliases: [
            "title": "form_title", "set_form_title": "form_title", "id_string": "form_id", "set_form_id": "form_id",
        ])

    /// What a telephone shows or plays.
    static let media: Set<String> = ["image", "big-image", "audio", "video"]
}
