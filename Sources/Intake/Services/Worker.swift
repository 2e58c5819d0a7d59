package import Foundation
import Ledger
package import Logging
import Mail
import ServiceLifecycle

/// The worker: takes mail in and sends notices, until it is told to stop or, for once, until there is nothing left.
package struct Worker: Sendable {
    package let intakes: [MailIntake]
    package let sender: OutboxSender
    package let watch: HouseWatch
    package let logger: Logger
    package let pollInterval: Duration
    let now: @Sendable () -> Date

    package init(
        intakes: [MailIntake], sender: OutboxSender, watch: HouseWatch, pollInterval: Duration, logger: Logger,
        now: @escaping @Sendable () -> Date
    ) {
        self.intakes = intakes
        self.sender = sender
        self.watch = watch
        self.pollInterval = pollInterval
        self.logger = logger
        self.now = now
    }

    /// Takes in what is there, sends what is due, and returns.
    /// - Parameter past: what to do with the mail that lay there before the first contact.
    package func runOnce(past: PastMail?, goOn: @escaping @Sendable () -> Bool = { true }) async throws {
        try await sender.recover(now: now())
        let isTakenIn = StopFlag()
        async let sending: Void = send(until: isTakenIn)
        do {
            for intake in intakes {
                _ = try await intake.takeIn(past: past, goOn: goOn)
                try await noteCheck(intake)
            }
        } catch {
            isTakenIn.raise()
            try? await sending
            await close()
            throw error
        }
        isTakenIn.raise()
        try await sending
        _ = try await sender.drain(now: now, goOn: goOn)
        await close()
    }

    /// Sends what comes into the outbox until the flag is raised.
    private func send(until flag: StopFlag) async throws {
        while !flag.isRaised {
            if try await sender.drain(now: now, goOn: { !flag.isRaised }) == 0 {
                await flag.wait(for: .milliseconds(20))
            }
        }
    }

    /// The mailbox has been looked into.
    func noteCheck(_ intake: MailIntake) async throws {
        let (account, instant) = (intake.mailbox.account, now())
        watch.recovered(account)
        try await intake.books.ledger { ledger in
            try ledger.write { try $0.noteCheck(.mailbox(account: account), at: instant) }
        }
    }

    func close() async {
        for intake in intakes { await intake.mailbox.close() }
        await sender.transport.close()
    }
}

/// The worker as a service: polls until it is told to shut down, and then finishes the batch at hand.
package struct WorkerService: Service {
    let worker: Worker
    let past: PastMail?
    let shelf: OfficeShelf
    let marks: DataMarks

    /// - Parameters:
    ///   - shelf: asked for the office before each poll.
    ///   - marks: say when a mailbox was looked into last.
    package init(worker: Worker, past: PastMail?, shelf: OfficeShelf, marks: DataMarks) {
        self.worker = worker
        self.past = past
        self.shelf = shelf
        self.marks = marks
    }

    package func run() async throws {
        let stop = StopFlag()
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                for intake in worker.intakes {
                    group.addTask { await poll(intake, until: stop) }
                }
                group.addTask { await send(until: stop) }
                group.addTask { await watch(until: stop) }
            }
        } onGracefulShutdown: {
            stop.raise()
        }
        await worker.close()
    }

    private func poll(_ intake: MailIntake, until stop: StopFlag) async {
        var backOff = BackOff(first: .seconds(1), last: worker.pollInterval * 10)
        while !stop.isRaised {
            do {
                try await takeIn(intake, until: stop)
                try await worker.noteCheck(intake)
                backOff.reset()
                await marks.leaveGood(intake)
                await stop.wait(for: worker.pollInterval, unless: { try? await intake.mailbox.waitForNews(upTo: $0) })
            } catch {
                worker.logger.error(
                    "mail cannot be taken in now; it is tried again",
                    metadata: ["account": "\(intake.mailbox.account)", "error": "\(LogText(error))"])
                marks.leave(DataMarks.mailbox(intake.mailbox.account), "\(LogText(error))")
                worker.watch.failed(intake.mailbox.account, "\(LogText(error))")
                await intake.mailbox.close()
                await stop.wait(for: backOff.next())
            }
        }
    }

    private func takeIn(_ intake: MailIntake, until stop: StopFlag) async throws {
        let pipeline = try await intake.books.ledger { [shelf] ledger in shelf.borrow(ledger) }
        defer { shelf.giveBack() }
        let current = MailIntake(
            mailbox: intake.mailbox, books: intake.books, pipeline: pipeline, limits: intake.limits,
            logger: intake.logger)
        _ = try await current.takeIn(past: past, goOn: { !stop.isRaised })
    }

    /// Looks once a minute whether the day's digest or an alarm is due.
    private func watch(until stop: StopFlag) async {
        while !stop.isRaised {
            do {
                let (watch, now) = (worker.watch, worker.now())
                try await worker.sender.books.ledger { [shelf] ledger in
                    let office = shelf.borrow(ledger).office
                    defer { shelf.giveBack() }
                    try watch.look(ledger, office, at: now)
                }
            } catch {
                worker.logger.error("the house cannot be looked after", metadata: ["error": "\(LogText(error))"])
            }
            await stop.wait(for: .seconds(60))
        }
    }

    private func send(until stop: StopFlag) async {
        do {
            try await worker.sender.recover(now: worker.now())
        } catch {
            worker.logger.error("the outbox cannot be read", metadata: ["error": "\(LogText(error))"])
        }
        while !stop.isRaised {
            do {
                _ = try await worker.sender.drain(now: worker.now, goOn: { !stop.isRaised })
            } catch {
                worker.logger.error("notices cannot be sent now", metadata: ["error": "\(LogText(error))"])
            }
            await stop.wait(for: .seconds(1))
        }
    }
}

/// Waits that grow: twice as long after each failure, with jitter, so that many clients do not come back at once.
struct BackOff {
    let first: Duration
    let last: Duration
    private var step: Duration

    init(first: Duration, last: Duration) {
        self.first = first
        self.last = last
        step = first
    }

    mutating func next() -> Duration {
        defer { step = min(step * 2, last) }
        return step * Double.random(in: 0.5...1.5)
    }

    mutating func reset() {
        step = first
    }
}
