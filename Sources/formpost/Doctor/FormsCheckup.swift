import Intake
import Ledger
import Records

/// Is the forms folder there, and can the worker use what is in it?
enum FormsCheckup {
    /// - Parameter data: folder of the ledger, which tells whether a form has changed under a version that was used.
    static func diagnosis(_ folder: String, zone: OfficeZone, data: String) -> Diagnosis {
        let copy = "copy the forms into it: `formpost init DIR --forms FORMS` makes such a folder"
        switch FolderState(folder) {
        case .missing:
            return .bad("forms", "\(folder) is not there", "write the right path after `forms:`, or \(copy)")
        case .notFolder:
            return .bad("forms", "\(folder) is not a folder", "write the path of the folder after `forms:`")
        case .unreadable:
            return .bad("forms", "\(folder) cannot be read", "give the worker's user the right to read and enter it")
        case .empty: return .bad("forms", "\(folder) is empty", copy)
        case .filled: break
        }
        let reader = OfficeReader(folder: FormsFolder(folder), zone: zone)
        // A ledger that cannot be read is a diagnosis of its own.
        let published = PublishedForms(try? Ledger.open(folder: data, mode: .read))
        let problems = (try? reader.problems(after: published)) ?? reader.problems()
        let errors = problems.filter(\.isError)
        if let first = errors.first {
            return .bad(
                "forms", "\(folder): \(errors.count) errors, the first: \(first.sentence)",
                "`formpost check` lists them all")
        }
        guard !problems.isEmpty else { return .good("forms", folder) }
        return .note("forms", "\(folder): \(problems.count) warnings", "`formpost check` lists them all")
    }
}
