#include <errno.h>
#include <seccomp.h>
#include <sys/resource.h>

/// What a refused system call ends with.
static inline uint32_t formpost_seccomp_refused(void) { return SCMP_ACT_ERRNO(EPERM); }

/// Swift does not import the enumeration of resources in a form that `setrlimit` takes.
static inline int formpost_limit_memory(rlim_t bytes) {
    struct rlimit limit = {bytes, bytes};
    return setrlimit(RLIMIT_AS, &limit);
}
static inline int formpost_limit_files_written(void) {
    struct rlimit limit = {0, 0};
    return setrlimit(RLIMIT_FSIZE, &limit);
}
static inline int formpost_limit_cpu(rlim_t seconds) {
    struct rlimit limit = {seconds, RLIM_INFINITY};
    return setrlimit(RLIMIT_CPU, &limit);
}
/// Seconds of CPU that this process has used, rounded up.
static inline rlim_t formpost_cpu_used(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return (rlim_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 2);
}
