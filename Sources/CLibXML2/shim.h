#ifndef FORMPOST_CLIBXML2_SHIM_H
#define FORMPOST_CLIBXML2_SHIM_H

// libxml2 was built with ICU; its headers would pull in ICU's, which clash
// with the copy that Foundation carries.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#endif
