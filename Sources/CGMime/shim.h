#ifndef FORMPOST_CGMIME_SHIM_H
#define FORMPOST_CGMIME_SHIM_H

#include <gmime/gmime.h>

#endif
