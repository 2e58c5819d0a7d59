import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Holds `flock` on a file of the data folder for as long as it lives: one worker per folder.
///
/// The kernel lets go of the lock when the process ends, however it ends. The descriptor is closed on exec, so that
/// a child process does not hold it on.
struct FolderLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// - Throws: `inUse` when another process, or another part of this one, holds the lock.
    init(folder: String) throws(LedgerError) {
        let path = folder + "/worker.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LedgerError.system("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let failure = LedgerError.system("lock", path)
            close(descriptor)
            throw isHeld ? LedgerError(.inUse, "another worker has \(folder) open") : failure
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}

extension LedgerError {
    /// What `errno` says about the call that has just failed.
    static func system(_ action: String, _ path: String) -> LedgerError {
        let reason = errno
        return LedgerError(.surroundings, "cannot \(action) \(path): \(String(cString: strerror(reason)))")
    }
}
