import Foundation
import Records
import Testing

@testable import Campaign

/// Who owes what, and when a letter about it leaves.
@Suite struct DutyTests {
    private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso8601: text)) }

    private static func instant(_ day: String, _ hour: Int, _ minute: Int) throws -> Date {
        let midnight = try self.day(day).daysSince1970 * 86_400 - OfficeZone.indochina.secondsFromGMT
        return Date(timeIntervalSince1970: Double(midnight + hour * 3600 + minute * 60))
    }

    private static func plan() throws -> Plan {
        var plan = Plan()
        // A Friday.
        let due = Plan.Obligation.Due(day: try day("2019-12-20"), document: "512/UBND-NV")
        plan.obligations = [
            Plan.Obligation(
                form: "bao_cao_xa", kind: .commune, year: 2019, due: due, remindBefore: [7, 5, 1],
                remindAfter: [3, 12], copies: [], row: 2)
        ]
        plan.holidays = [Plan.Holiday(day: try day("2020-01-01"), name: "Tết Dương lịch")]
        plan.mailModes = [
            Plan.MailMode(notice: "nhac", waitsForPress: true, hours: 27_000..<59_400),
            Plan.MailMode(notice: "bien_nhan", waitsForPress: false, hours: nil),
        ]
        return plan
    }

    /// 13/12 is a Friday, 19/12 a Thursday, 25/12, the third working day after the due day, a Wednesday.
    @Test(arguments: [
        ("2019-12-12", nil), ("2019-12-13", "2019-12-13"), ("2019-12-16", "2019-12-13"),
        ("2019-12-18", "2019-12-13"), ("2019-12-19", "2019-12-19"), ("2019-12-20", "2019-12-19"),
        ("2019-12-21", nil), ("2019-12-23", nil), ("2019-12-24", nil), ("2019-12-25", "2019-12-25"),
        ("2020-01-01", "2019-12-25"),
        ("2020-01-02", "2020-01-02"), ("2020-02-02", "2020-01-02"), ("2020-02-03", nil),
    ])
    func theNewestStepOfThePlanReminds(on day: String, step: String?) throws {
        let plan = try Self.plan()
        let found = plan.reminder(for: plan.obligations[0], on: try Self.day(day))
        #expect(found?.day.description == step)
        #expect(found.map(\.isLate) ?? (day > "2019-12-20") == (day > "2019-12-20"))
    }

    /// The unit's leader hears of what is late, the Council of what stays so.
    @Test(arguments: [
        ("2019-12-19", ReminderStep.Urgency.early), ("2019-12-25", .late), ("2019-12-31", .late),
        ("2020-01-02", .overdue),
    ])
    func aReminderInVainIsMoreUrgent(on day: String, urgency: ReminderStep.Urgency) throws {
        let plan = try Self.plan()
        #expect(plan.reminder(for: plan.obligations[0], on: try Self.day(day))?.urgency == urgency)
    }

    /// A day of the due day's own weekend is no working day: one working day before a Sunday is the Friday.
    @Test func daysAroundAWeekendAreCountedInWorkingDays() throws {
        let due = Plan.Obligation.Due(day: try Self.day("2019-12-22"), document: "512/UBND-NV")
        let owed = Plan.Obligation(
            form: "bao_cao_xa", kind: .commune, year: 2019, due: due, remindBefore: [2, 1], remindAfter: [1],
            copies: [], row: 2)
        let plan = Plan()
        #expect(plan.reminder(for: owed, on: try Self.day("2019-12-19"))?.day.description == "2019-12-19")
        #expect(plan.reminder(for: owed, on: try Self.day("2019-12-22"))?.day.description == "2019-12-20")
        #expect(plan.reminder(for: owed, on: try Self.day("2019-12-23"))?.day.description == "2019-12-23")
    }

    @Test func withoutADocumentNobodyIsReminded() throws {
        let owed = try Self.plan().obligations[0]
        func reminder(_ due: Plan.Obligation.Due?) throws -> ReminderStep? {
            let obligation = Plan.Obligation(
                form: owed.form, kind: owed.kind, year: owed.year, due: due, remindBefore: [7], remindAfter: [3],
                copies: [], row: 2)
            return try Self.plan().reminder(for: obligation, on: try Self.day("2019-12-16"))
        }
        #expect(try reminder(owed.due) != nil)
        #expect(try reminder(nil) == nil)
        #expect(try reminder(.init(day: Self.day("2019-12-20"), document: "")) == nil)
    }

    @Test(arguments: [
        // Within the hours, before them, after them, before a weekend, before a holiday.
        ("2019-12-16", 8, 0, "2019-12-16", 8, 0), ("2019-12-16", 6, 59, "2019-12-16", 7, 30),
        ("2019-12-16", 16, 30, "2019-12-17", 7, 30), ("2019-12-20", 17, 0, "2019-12-23", 7, 30),
        ("2019-12-21", 9, 0, "2019-12-23", 7, 30), ("2019-12-31", 20, 0, "2020-01-02", 7, 30),
    ])
    func aLetterLeavesInTheHoursOfWorkingDays(
        day: String, hour: Int, minute: Int, leaves: String, at leavesHour: Int, _ leavesMinute: Int
    ) throws {
        let plan = try Self.plan()
        let now = try Self.instant(day, hour, minute)
        #expect(
            plan.departure(of: "nhac", at: now, in: .indochina)
                == (try Self.instant(leaves, leavesHour, leavesMinute)))
        #expect(plan.departure(of: "bien_nhan", at: now, in: .indochina) == now)
    }
}
