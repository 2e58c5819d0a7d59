import Foundation

/// A thread of its own for one session, as the executor of the session's actor: libetpan blocks, and the shared pool has
/// too few threads to be blocked.
///
/// `@unchecked Sendable`: `jobs` and `isRetired` are only touched while `condition` is locked.
package final class SessionThread: SerialExecutor, @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []
    private var isRetired = false

    package init(name: String) {
        // The thread holds the executor, so that it outlives its last job, even the one that releases the actor.
        let thread = Thread { self.run() }
        thread.name = name
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Lets the thread end once the jobs given to it are done.
    package func retire() {
        condition.lock()
        isRetired = true
        condition.signal()
        condition.unlock()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        condition.lock()
        jobs.append(unowned)
        condition.signal()
        condition.unlock()
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    private func run() {
        while let batch = nextJobs() {
            for job in batch {
                job.runSynchronously(on: asUnownedSerialExecutor())
            }
        }
    }

    private func nextJobs() -> [UnownedJob]? {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty {
            if isRetired { return nil }
            condition.wait()
        }
        defer { jobs.removeAll(keepingCapacity: true) }
        return jobs
    }
}
