import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The office's pages over HTTP, for a browser on the same machine or behind a proxy that speaks TLS.
package struct ConsoleServer: Service {
    private let application: Application<RouterResponder<ConsoleContext>>

    /// - Parameters:
    ///   - host: an address of this machine; `127.0.0.1` unless a proxy stands before it on another one.
    ///   - port: 0 for any that is free.
    ///   - isListening: told the port once it listens.
    package init(
        desk: ConsoleDesk, host: String, port: Int, isListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        let pages = try PageWriter(desk: desk, pages: Self.pages)
        let router = Router(context: ConsoleContext.self)
        router.add(middleware: Protection(pages: pages))
        router.add(middleware: SessionGate(desk: desk))
        StaticFiles.add(to: router)
        SignIn(desk: desk, pages: pages).add(to: router)
        TodayPage.add(to: router, desk, pages)
        ReportPages(desk: desk, pages: pages).add(to: router)
        ReportDecisionPages(desk: desk, pages: pages).add(to: router)
        MailingPages(desk: desk, pages: pages).add(to: router)
        HandInPages(desk: desk, pages: pages).add(to: router)
        FigurePages(desk: desk, pages: pages).add(to: router)
        UnitPages(desk: desk, pages: pages).add(to: router)
        CalendarPages(desk: desk, pages: pages).add(to: router)
        FormsEditPages(desk: desk, pages: pages).add(to: router)
        DossierPages(desk: desk, pages: pages).add(to: router)
        BatchPages(desk: desk, pages: pages).add(to: router)
        PaperPages(desk: desk, pages: pages).add(to: router)
        LetterPages(desk: desk, pages: pages).add(to: router)
        ExportPages(desk: desk, pages: pages).add(to: router)
        AccountPages(desk: desk, pages: pages).add(to: router)
        // Nobody reads or writes a page for so long: whoever holds a connection open takes it from others.
        var http = HTTP1Channel.Configuration(idleTimeout: .seconds(30))
        http.httpDecoder = .init(maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)
        application = Application(
            router: router, server: .http1(configuration: http),
            configuration: .init(address: .hostname(host, port: port), serverName: "formpost"),
            onServerRunning: { channel in isListening(channel.localAddress?.port ?? port) }, logger: desk.logger)
    }

    private static let pages: [any Page.Type] = [
        SignInPage.self, TroublePage.self, TodayPage.self, MatrixPage.self, SubmissionPage.self, QueuePage.self,
        DossierPage.self, ComparisonPage.self, DifferencePage.self, DoublesPage.self, ReviewDraftPage.self,
        AppraisalPage.self, BatchesPage.self, NewBatchPage.self, BatchPage.self, LetterDraftPage.self,
        ReceivedMailPage.self,
        LettersPage.self, LetterPage.self, UnitsPage.self, CalendarPage.self, ExportsPage.self,
        AdministrationPage.self,
        FiguresPage.self, ChairmanPage.self, CausesPage.self, CommunePage.self,
        ReconciliationPage.self, FreezePage.self, MailingPage.self, MailedPage.self, HandInPage.self, HandedInPage.self,
        UnitPage.self, InvitationPage.self, FormsEditPage.self, FormsCheckPage.self,
    ]

    package func run() async throws { try await application.run() }
}
