#ifndef FORMPOST_CZIP_SHIM_H
#define FORMPOST_CZIP_SHIM_H

#include <zip.h>

#endif
