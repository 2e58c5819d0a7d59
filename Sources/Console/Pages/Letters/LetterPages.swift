import Foundation
import Hummingbird
import Intake
import Ledger
import Mail
import Notices
import Records

/// Letters: those that wait for a press, those that went out, mail that nobody has answered.
struct LetterPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("thu") { request, context in
            let visitor = try context.visitor(at: .letters)
            let group = request.uri.queryParameters["nhom"].map(String.init) ?? ""
            let before = request.uri.queryParameters["truoc"].flatMap { Int64($0) }
            let page = try await desk.read { try LettersPage(group, before: before, $0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.get("thu/:so") { _, context in
            let visitor = try context.visitor(Role.reviewers)
            let id = try Self.number(context)
            let page = try await desk.read { try LetterPage(id, $0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.get("thu/:so/sua") { _, context in
            let visitor = try context.visitor(Role.reviewers)
            let id = try Self.number(context)
            let page = try await desk.read { stored, _ in try LetterDraftPage(id, stored, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.post("thu/:so/sua") { request, context in try await reword(request, context) }
        router.post("thu/:so/gui") { request, context in try await press(request, context, isSent: true) }
        router.post("thu/:so/huy") { request, context in try await press(request, context, isSent: false) }
        ReceivedMailPages(desk: desk, pages: pages).add(to: router)
    }

    private static func number(_ context: ConsoleContext) throws -> RowID<OutboxEntry> {
        guard let number = context.parameters.get("so").flatMap({ Int64($0) }) else { throw Turned.notFound }
        return RowID(rawValue: number)
    }

    private func press(_ request: Request, _ context: ConsoleContext, isSent: Bool) async throws -> Response {
        let visitor = try context.visitor(Role.reviewers)
        _ = try await FormFields(request, of: visitor)
        let (id, now) = (try Self.number(context), desk.now())
        try await desk.write { transaction, office in
            guard let notice = try transaction.stored.notice(id) else { throw Turned.notFound }
            guard notice.kind.mayBeReleased(by: visitor.role) else {
                throw Turned.back("Thư này do lãnh đạo phòng duyệt.")
            }
            do {
                if isSent {
                    try transaction.release(
                        id, by: visitor.who, at: now, due: office.departure(of: notice.kind, at: now))
                } else {
                    try transaction.drop(id, by: visitor.who, at: now)
                }
            } catch let error as LedgerError where error.code == .conflict {
                throw Turned.back("Thư này nay là \"\(Wording.notice(notice.state))\"; lần bấm này chưa ghi gì.")
            }
        }
        return .redirect(to: "/thu", type: .normal)
    }

    /// The same letter in a person's words: what is attached, to whom it goes and what it answers stay.
    private func reword(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor(Role.reviewers)
        let form = try await FormFields(request, of: visitor)
        let (id, now) = (try Self.number(context), desk.now())
        let (words, seen) = (form["loi"], form["cu"])
        guard !words.isEmpty else { throw Turned.back("Thư còn trống.") }
        try await desk.write { transaction, office in
            let stored = transaction.stored
            guard let entry = try stored.notice(id), let mime = try stored.mime(of: id) else { throw Turned.notFound }
            guard entry.kind.mayBeReleased(by: visitor.role) else {
                throw Turned.back("Thư này do lãnh đạo phòng duyệt.")
            }
            let letter = try StoredLetter(entry, mime)
            guard entry.state == .held, letter.mark == seen else {
                throw Turned.back("Thư này vừa được người khác sửa hoặc gửi; lần bấm này chưa ghi gì.")
            }
            try transaction.reword(
                id, mime: try letter.reworded(words, from: office.sender, zone: office.zone), before: letter.text,
                by: visitor.who, at: now)
        }
        return .redirect(to: "/thu/\(id.rawValue)", type: .normal)
    }
}

extension NoticeKind {
    /// Decisions about people leave the house under the eyes of the head.
    func mayBeReleased(by role: Role) -> Bool {
        switch self {
        case .declined, .figuresFrozen, .awardedByDistrict, .decidedByProvince, .proposedToProvince: role == .head
        default: role.reviews
        }
    }
}
