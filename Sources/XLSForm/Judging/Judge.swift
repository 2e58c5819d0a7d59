/// Judges a filled workbook by the rules of its form.
package struct Judge {
    /// Pure: the same workbook, form and context give the same judgement.
    package static func judge(
        _ bound: BoundWorkbook, by form: CompiledForm, in context: JudgingContext
    ) -> Judgement {
        var judging = Judging(bound, by: form, in: context)
        return judging.judgement()
    }
}
