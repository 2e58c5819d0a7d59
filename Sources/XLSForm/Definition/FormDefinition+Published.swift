extension FormDefinition {
    /// Submissions are judged by the form and version that they name, so that what was published under a version stays.
    ///
    /// - Parameters:
    ///   - published: the SHA-256 under which this form and version were used before; nil when they were not.
    ///   - file: name of the workbook, for the problem.
    /// - Returns: nil when nothing was published or nothing has changed since.
    package func changeUnderOneVersion(published: String?, file: String) -> FormProblem? {
        guard let published, published != sha256 else { return nil }
        return FormProblem(
            file: file, sheet: "settings", row: settings.row, column: "version", code: .versionUnchanged,
            message: "The form \(settings.id) has changed, and version \(settings.version) is in use already.",
            remedy: "Raise the version, and put the form as it was into the folder of earlier ones.")
    }
}
