package import Foundation
package import Ledger
package import Logging
import Synchronization

/// The office that the worker works with. It takes up what is edited in the forms folder once that is in order, and goes
/// on with what it has until then.
package final class OfficeShelf: Sendable {
    private let folder: FormsFolder
    private let read: @Sendable (Ledger) throws -> Office
    private let pipeline: @Sendable (Office) -> Pipeline
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let state: Mutex<State>

    /// A file that was written a moment ago may still be being written.
    private static let quietSeconds = 5
    /// More than that nobody reads in a log; `formpost check` lists them all.
    private static let mostProblems = 20

    private struct State: Sendable {
        var pipeline: Pipeline
        /// Contents that were looked at last, whether they were in order or not.
        var contents: FormsContents
        var borrowers = 0
    }

    /// - Parameters:
    ///   - first: the office at the start.
    ///   - contents: of the folder, taken before the office was read.
    ///   - read: reads the folder and throws `OfficeProblems` where it is not in order.
    ///   - pipeline: makes the line for an office.
    package init(
        _ first: Office, folder: FormsFolder, contents: FormsContents,
        read: @escaping @Sendable (Ledger) throws -> Office,
        pipeline: @escaping @Sendable (Office) -> Pipeline, logger: Logger, now: @escaping @Sendable () -> Date
    ) {
        self.folder = folder
        self.read = read
        self.pipeline = pipeline
        self.logger = logger
        self.now = now
        state = Mutex(State(pipeline: pipeline(first), contents: contents))
    }

    /// The line to take mail in with, until it is given back. To be called on the ledger's thread, where calls run one
    /// after another: it reads files.
    package func borrow(_ ledger: Ledger) -> Pipeline {
        look(ledger)
        return state.withLock { state in
            state.borrowers += 1
            return state.pipeline
        }
    }

    package func giveBack() {
        state.withLock { $0.borrowers -= 1 }
    }

    private func look(_ ledger: Ledger) {
        let (known, borrowers) = state.withLock { ($0.contents, $0.borrowers) }
        // Two lines at work at once would not know of each other's figures.
        guard borrowers == 0 else { return }
        let stamps = FormsContents.stamps(of: folder)
        guard stamps != known.stamps, isQuiet(stamps) else { return }
        let contents = FormsContents(of: folder)
        guard contents.digests != known.digests else {
            state.withLock { $0.contents = contents }
            return
        }
        do {
            try adopt(contents, after: known, ledger)
        } catch let error as OfficeProblems {
            state.withLock { $0.contents = contents }
            refuse(error.problems)
        } catch {
            logger.error(
                "edited forms cannot be taken up now; it is tried again", metadata: ["error": "\(LogText(error))"])
        }
    }

    private func adopt(_ contents: FormsContents, after known: FormsContents, _ ledger: Ledger) throws {
        let office = try read(ledger)
        // What was edited while it was read is looked at again next time.
        guard FormsContents(of: folder).digests == contents.digests else { return }
        try office.recordDefinitions(in: ledger, at: now())
        let line = pipeline(office)
        state.withLock { state in
            state.pipeline = line
            state.contents = contents
        }
        let names = contents.names(changedSince: known).joined(separator: ", ")
        logger.notice("edited forms are taken up", metadata: ["files": "\(LogText(names))"])
    }

    private func refuse(_ problems: [OfficeProblem]) {
        logger.error(
            "edited forms are not in order; the worker goes on with those before; `formpost check` lists everything",
            metadata: ["problems": "\(problems.count)"])
        for problem in problems.prefix(Self.mostProblems) { logger.error("\(LogText(problem.sentence))") }
    }

    private func isQuiet(_ stamps: [String: FileStamp]) -> Bool {
        let second = Int(now().timeIntervalSince1970)
        return stamps.values.allSatisfy { !(0..<Self.quietSeconds).contains(second - $0.seconds) }
    }
}
