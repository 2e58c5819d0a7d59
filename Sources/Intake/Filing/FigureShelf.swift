import Campaign
import Ledger
import Records
import Synchronization
import XLSForm

/// The figures that rules look up, kept from one mail to the next: a book for each day on which mail was received.
///
/// Filing tells it of each submission that is accepted; when a savepoint or a batch is rolled back it must forget.
final class FigureShelf: Sendable {
    private let campaign: CampaignBook
    /// The forms whose accepted submissions count.
    private let forms: Set<String>
    /// Those of them whose answers may be looked up.
    private let formsRead: Set<String>
    private let books = Mutex<[CivilDate: FigureBook]>([:])
    /// Old mail may come from many days; a handful of books is kept.
    private static let maximumBooks = 8

    init(_ office: Office) {
        campaign = office.campaign
        forms = Set(office.forms.current.map(\.definition.identity.id))
        formsRead = office.formsRead
    }

    /// What rules may look up on that day, without the given submission's own earlier revision.
    /// - Parameter names: the tables that will be read; nil: all.
    func snapshot(
        on day: CivilDate, reading names: Set<String>?, without receipt: Receipt?, _ stored: LedgerView
    ) throws -> ReferenceSnapshot {
        try books.withLock { books in
            if books[day] == nil {
                if books.count >= Self.maximumBooks { books.removeAll() }
                let accepted = try stored.acceptedAnswers(forms: forms, figuresOf: formsRead).map {
                    AcceptedFigures(receipt: $0.receipt, key: $0.key, received: $0.received, values: $0.figures)
                }
                books[day] = FigureBook(campaign: campaign, accepted: accepted, on: day)
            }
            return books[day]?.snapshot(reading: names, without: receipt) ?? ReferenceSnapshot()
        }
    }

    func accept(_ figures: AcceptedFigures) {
        books.withLock { books in
            // The days apart from the books: going through `books.keys` would hold a copy, and each change would copy all.
            for day in Array(books.keys) { books[day]?.accept(figures) }
        }
    }

    /// What was told last did not come to stand.
    func forget() {
        books.withLock { $0.removeAll() }
    }
}
