import Foundation
import Hummingbird
import Intake
import Ledger
import Records
import Review

/// The nominees' files: their list, one of them, two side by side, and what is printed of one.
struct DossierPages: Sendable {
    let desk: ConsoleDesk
    let pages: PageWriter

    func add(to router: Router<ConsoleContext>) {
        router.get("ho-so") { request, context in
            let visitor = try context.visitor(at: .dossiers)
            let query = QueuePage.Query(
                request.uri.queryParameters.reduce(into: [:]) { $0[String($1.key)] = String($1.value) })
            let page = try await desk.read { try QueuePage(query, $0, $1) }
            return try await pages.page(page, for: visitor)
        }
        router.get("ho-so/so-sanh") { request, context in
            let visitor = try context.visitor(at: .dossiers)
            let asked = request.uri.queryParameters.getAll("ma")
            let page = try await desk.read { try ComparisonPage(asked, $0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.get("ho-so/trung") { request, context in
            let visitor = try context.visitor(at: .dossiers)
            let after = request.uri.queryParameters["sau"].flatMap { Int64($0) }
            let page = try await desk.read { try DoublesPage(after, $0, $1, visitor.role) }
            return try await pages.page(page, for: visitor)
        }
        router.get("ho-so/:ma") { _, context in
            let visitor = try context.visitor(at: .dossiers)
            let (receipt, now) = (try context.receipt(), desk.now())
            let page = try await desk.read { try DossierPage(receipt, $0, $1, visitor, now) }
            return try await pages.page(page, for: visitor)
        }
        router.get("ho-so/:ma/khac") { request, context in
            let visitor = try context.visitor(at: .dossiers)
            let receipt = try context.receipt()
            let numbers = ["tu", "den"].map { request.uri.queryParameters[$0[...]].flatMap { Int($0) } ?? 0 }
            let page = try await desk.read { try DifferencePage(receipt, from: numbers[0], to: numbers[1], $0, $1) }
            return try await pages.page(page, for: visitor)
        }
        router.get("ho-so/:ma/phieu") { _, context in
            let visitor = try context.visitor(at: .dossiers)
            let (receipt, now) = (try context.receipt(), desk.now())
            let page = try await desk.read { try AppraisalPage([receipt], $0, $1, now) }
            return try await pages.page(page, for: visitor)
        }
        for draft in ReviewDraftPage.Kind.allCases {
            router.get("ho-so/:ma/\(draft.rawValue)") { _, context in
                let visitor = try context.visitor(Role.reviewers)
                let receipt = try context.receipt()
                let page = try await desk.read { try ReviewDraftPage(draft, receipt, $0, $1) }
                return try await pages.page(page, for: visitor)
            }
        }
        DossierPresses(desk: desk).add(to: router)
    }
}

extension Role {
    static let reviewers: Set<Role> = [.interior, .head]
}
