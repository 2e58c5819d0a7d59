import Foundation
import Records

extension EvaluationContext {
    mutating func dateCall(
        _ function: Function, _ arguments: [Plan], _ focus: Focus
    ) throws(EvaluationFailure) -> ExpressionValue {
        switch function {
        case .today: return .date(CivilDate(received, in: zone))
        case .now: return .dateTime(received)
        default: break
        }
        let value = try scalar(arguments[0], focus).value
        switch function {
        case .date: return date(value).map { .date($0) } ?? .undecided(.number)
        case .dateTime: return instant(value).map { .dateTime($0) } ?? .undecided(.number)
        default:
            let pattern = try text(arguments[1], focus)
            return instant(value).map { .text(DateText.format($0, pattern, zone: zone)) } ?? .blank
        }
    }

    /// Days since 1970-01-01 with their fraction.
    func decimalDays(_ value: ExpressionValue) -> Number? {
        guard let instant = instant(value) else { return nil }
        let milliseconds = (instant.timeIntervalSince1970 * 1000).rounded()
        return Number(Int(milliseconds)) / Number(86_400_000)
    }

    /// nil for what is blank or no date.
    private func date(_ value: ExpressionValue) -> CivilDate? {
        switch value {
        case .date(let date): date
        case .dateTime(let instant): CivilDate(instant, in: zone)
        case .number(let days): Self.day(days)
        case .text(let text): DateText.date(text, zone: zone) ?? Number(text).flatMap { Self.day($0) }
        default: nil
        }
    }

    private func instant(_ value: ExpressionValue) -> Date? {
        switch value {
        case .dateTime(let instant): return instant
        case .number(let days):
            guard Self.day(days) != nil else { return nil }
            return Date(timeIntervalSince1970: (days * Number(86_400_000)).rounded().double / 1000)
        case .text(let text):
            if let instant = DateText.instant(text, zone: zone) { return instant }
            return Number(text).flatMap { instant(.number($0)) }
        case .time(let seconds):
            let today = CivilDate(received, in: zone)
            return DateText.midnight(today, zone: zone).addingTimeInterval(Double(seconds))
        default: return date(value).map { DateText.midnight($0, zone: zone) }
        }
    }

    /// Years 1 to 9999.
    private static func day(_ days: Number) -> CivilDate? {
        guard let whole = days.roundedDown.integer, (-719_162...2_932_896).contains(whole) else { return nil }
        return CivilDate(daysSince1970: whole)
    }
}
