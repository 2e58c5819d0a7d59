#ifndef FORMPOST_CXLSXWRITER_SHIM_H
#define FORMPOST_CXLSXWRITER_SHIM_H

#include <xlsxwriter.h>

#endif
