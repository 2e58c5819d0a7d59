#ifndef FORMPOST_CXLSXWRITER_SHIM_H
#define FORMPOST_CXLSXWRITER_SHIM_H

#include <sys/syscall.h>
#include <unistd.h>
#include <xlsxwriter.h>

/// A file that lives in memory only, closed on exec; -1 with errno set when the system has none to give.
static inline int formpost_memory_file(void) { return (int)syscall(SYS_memfd_create, "workbook", 1u); }

/// Whether a return code says that all went well.
static inline int formpost_is_good(lxw_error code) { return code == LXW_NO_ERROR; }

#endif
