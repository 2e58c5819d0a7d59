import Ledger
import Records
import Vietnamese

/// Days and papers with their numbers, as people type them into forms.
enum DocumentFields {
    /// `05/12/2020`, or as ISO 8601 has it.
    /// - Throws: `Turned.back`.
    static func day(_ text: String) throws -> CivilDate {
        let read = Vietnamese.readDate(text).flatMap { CivilDate(year: $0.year, month: $0.month, day: $0.day) }
        guard let day = read ?? CivilDate(iso8601: text) else { throw Turned.back("Ghi ngày theo kiểu 05/12/2020.") }
        return day
    }

    /// The fields `so_vb` and `ngay`.
    /// - Throws: `Turned.back`.
    static func document(_ form: FormFields) throws -> BatchRecord.Document {
        guard !form["so_vb"].isEmpty else { throw Turned.back("Ghi số văn bản.") }
        return BatchRecord.Document(number: form["so_vb"], day: try day(form["ngay"]))
    }
}
