import Campaign
import Foundation
import Hummingbird
import Intake
import Ledger
import Mail
import Records
import Review

/// Lists of nominees, step by step: who is on it, the council, the cover letter, the decision, the letters.
struct BatchPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("danh-sach") { _, context in
            let visitor = try context.visitor(at: .lists)
            let page = try await desk.read { try BatchesPage($0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.get("danh-sach/moi") { request, context in
            let visitor = try context.visitor(Role.reviewers)
            let asked = request.uri.queryParameters.reduce(into: [:]) { $0[String($1.key)] = String($1.value) }
            let page = try await desk.read { try NewBatchPage(asked, $0, $1) }
            return try await pages.page(page, for: visitor)
        }
        router.get("danh-sach/:so") { _, context in
            let visitor = try context.visitor(at: .lists)
            let id = try Self.number(context)
            let page = try await desk.read { try BatchPage(id, $0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.post("danh-sach") { request, context in try await open(request, context) }
        addSteps(to: router)
        BatchExports(desk: desk, pages: pages).add(to: router)
    }

    private func addSteps(to router: Router<ConsoleContext>) {
        step("thu-tu", router) { batching, id, form in
            guard let file = Int64(form["ho"]), let places = Int(form["cho"]), abs(places) == 1 else {
                throw Turned.notFound
            }
            try batching.move(RowID(rawValue: file), by: places, on: id)
        }
        step("bo", router) { batching, id, form in
            guard let file = Int64(form["ho"]) else { throw Turned.notFound }
            try batching.remove(RowID(rawValue: file), from: id, why: form["ly_do"])
        }
        step("hoi-dong", router) { batching, id, form in
            try batching.meet(
                id, on: try DocumentFields.day(form["ngay"]), votes: Self.bySubmission(form.all("phieu-")),
                seen: form.has("hop_cu") ? form["hop_cu"] : nil)
        }
        step("to-trinh", router) { batching, id, form in
            try batching.propose(id, try DocumentFields.document(form))
        }
        step("quyet-dinh", router) { batching, id, form in
            try batching.decide(
                id, try DocumentFields.document(form), signer: form["nguoi_ky"], ceremony: form["le_trao"],
                refused: Self.bySubmission(form.all("ly-do-")).filter { !$0.value.isEmpty })
        }
        router.post("danh-sach/:so/ban-quet") { request, context in try await attach(request, context) }
        router.post("danh-sach/:so/thong-bao") { request, context in try await tell(request, context) }
    }

    /// A step that is pressed on a list's page.
    private func step(
        _ name: String, _ router: Router<ConsoleContext>,
        _ body: @escaping @Sendable (Batching, RowID<BatchRecord>, FormFields) throws -> Void
    ) {
        router.post("danh-sach/:so/\(name)") { request, context in
            let visitor = try context.visitor(Role.reviewers)
            let form = try await FormFields(request, of: visitor)
            let id = try Self.number(context)
            try await press(visitor) { batching, _ in try body(batching, id, form) }
            return Response.redirect(to: "/danh-sach/\(id.rawValue)", type: .normal)
        }
    }

    private func open(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor(Role.reviewers)
        let form = try await FormFields(request, of: visitor)
        guard let level = BatchRecord.Level(rawValue: form["cap"]) else { throw Turned.notFound }
        let stage = form["dot"]
        // The page says whom; without a choice everybody who is ready is meant.
        let chosen = form["chon"].isEmpty ? nil : Set(form.all("ho-").keys.compactMap { Int64($0) })
        let id = try await press(visitor) { batching, office in
            guard office.campaign.plan.stage(stage) != nil else { throw Turned.notFound }
            return try batching.open(level, stage: stage, only: chosen.map { Set($0.map { RowID(rawValue: $0) }) })
        }
        return .redirect(to: "/danh-sach/\(id.rawValue)", type: .normal)
    }

    /// The scanned decision: kept in the archive, as it is, before the list speaks of it.
    private func attach(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor(Role.reviewers)
        let form = try await UploadedForm(request, of: visitor)
        let id = try Self.number(context)
        guard let file = form.files("tep").first, !file.bytes.isEmpty else {
            throw Turned.back("Chọn tệp quét của quyết định.")
        }
        guard [.pdf, .image].contains(FileKind.of(file.bytes, name: file.name)) else {
            throw Turned.back("Bản quét là tệp PDF hoặc ảnh.")
        }
        let names = try await desk.work { [desk] in try desk.archive.store([file.bytes]) }
        let scan = BatchRecord.Scan(sha256: names[0], filename: String(file.name.prefix(120)))
        try await press(visitor) { batching, _ in try batching.attach(scan, to: id) }
        return .redirect(to: "/danh-sach/\(id.rawValue)", type: .normal)
    }

    private func tell(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visitor = try context.visitor([.head])
        _ = try await FormFields(request, of: visitor)
        let id = try Self.number(context)
        let kept = try await desk.read { stored, _ in try stored.batch(id)?.scan }
        let scan = try await desk.work { [desk] in
            try kept.map { scan in
                let bytes = try desk.archive.read(scan.sha256)
                let type = FileKind.of(bytes) == .pdf ? "application/pdf" : "application/octet-stream"
                return NoticeAttachment(filename: scan.filename, contentType: type, bytes: Data(bytes))
            }
        }
        try await press(visitor) { batching, _ in try batching.tell(id, scan: scan) }
        return .redirect(to: "/danh-sach/\(id.rawValue)", type: .normal)
    }

    @discardableResult
    private func press<T: Sendable>(
        _ visitor: Visitor, _ body: @escaping @Sendable (Batching, Office) throws -> T
    ) async throws -> T {
        let now = desk.now()
        return try await desk.write { transaction, office in
            do {
                return try body(
                    Batching(office: office, transaction: transaction, now: now, who: visitor.who), office)
            } catch let refusal as Batching.Refusal {
                throw Self.turned(refusal)
            } catch Reviewing.Refusal.state(let state) {
                throw Turned.back(
                    "Một hồ sơ trong danh sách nay là \"\(Wording.state(state))\", nên chưa ghi gì. Xem lại danh sách.")
            }
        }
    }

    private static func turned(_ refusal: Batching.Refusal) -> Turned {
        switch refusal {
        case .noBatch: .notFound
        case .nobody: .back("Chưa có hồ sơ nào sẵn sàng cho danh sách này.")
        case .stage:
            .back("Theo quy ước đã chọn (plan.xlsx, trang quy_uoc, trinh_tinh_can_khen_nao), đợt này không trình tỉnh.")
        case .step: .back("Bước này đã ghi, hoặc bước trước chưa ghi. Tải lại trang để xem.")
        case .changed: .back("Người khác vừa ghi kết quả họp. Lần bấm này chưa ghi gì; tải lại trang để xem.")
        case .noReason: .back("Đưa ra khỏi danh sách thì cần ghi lý do.")
        }
    }

    // MARK: - Fields

    /// - Throws: 404.
    static func number(_ context: ConsoleContext) throws -> RowID<BatchRecord> {
        guard let number = context.parameters.get("so").flatMap({ Int64($0) }) else { throw Turned.notFound }
        return RowID(rawValue: number)
    }

    private static func bySubmission(_ fields: [String: String]) -> [RowID<SubmissionRecord>: String] {
        fields.reduce(into: [:]) { found, field in
            if let id = Int64(field.key) {
                found[RowID(rawValue: id)] = field.value.trimmingCharacters(in: .whitespacesAndNewlines)
            }
        }
    }
}
