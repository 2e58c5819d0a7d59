#ifndef FORMPOST_CZIP_SHIM_H
#define FORMPOST_CZIP_SHIM_H

#include <zip.h>

// ZIP_CM_* are macros of mixed spelling; name the two that are read.
static inline int formpost_zip_method_is_plain(zip_uint16_t method) {
    return method == ZIP_CM_STORE || method == ZIP_CM_DEFLATE;
}

#endif
