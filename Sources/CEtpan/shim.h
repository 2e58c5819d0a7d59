#ifndef FORMPOST_CETPAN_SHIM_H
#define FORMPOST_CETPAN_SHIM_H

#include <libetpan/libetpan.h>

#endif
