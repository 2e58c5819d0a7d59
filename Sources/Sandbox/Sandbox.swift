import CSeccomp

/// Takes from this process, for good, whatever the reading of hostile bytes does not need: files, the network, other
/// programs and processes; and holds it to limits of memory and time.
package enum Sandbox {
    /// System calls that are refused from then on (they end with EPERM). What is left lets a process compute, allocate,
    /// run threads, and read and write the descriptors that it has.
    private static let refused = [
        "open", "openat", "openat2", "open_by_handle_at", "creat", "truncate", "link", "linkat", "symlink", "symlinkat",
        "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "mknod", "mknodat",
        "chmod",
        "fchmodat", "chown", "fchownat", "mount", "umount2", "pivot_root", "chroot", "memfd_create",
        "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg",
        "execve", "execveat", "fork", "vfork", "kill", "tkill", "ptrace", "process_vm_readv", "process_vm_writev",
        "setuid", "setgid", "setns", "unshare", "bpf", "perf_event_open", "io_uring_setup", "keyctl", "add_key",
        "userfaultfd",
    ]

    /// Enters the sandbox. There is no way out of it.
    /// - Parameter memory: bytes of address space; an allocation beyond them ends the process.
    /// - Returns: whether the kernel refuses the system calls; some containers do not let it, and then only the limits
    ///   hold.
    package static func enter(memory: Int) -> Bool {
        _ = formpost_limit_memory(rlim_t(memory))
        _ = formpost_limit_files_written()
        guard let filter = seccomp_init(SCMP_ACT_ALLOW) else { return false }
        defer { seccomp_release(filter) }
        for name in refused {
            let number = seccomp_syscall_resolve_name(name)
            // Unknown to this kernel's libseccomp, or to this processor: then nobody can call it either.
            guard number >= 0 else { continue }
            guard seccomp_rule_add_array(filter, formpost_seccomp_refused(), number, 0, nil) == 0 else { return false }
        }
        return seccomp_load(filter) == 0
    }

    /// From now on the process may compute so long; then it is ended by SIGXCPU.
    package static func allow(cpuSeconds: Int) {
        _ = formpost_limit_cpu(formpost_cpu_used() + rlim_t(cpuSeconds))
    }
}
