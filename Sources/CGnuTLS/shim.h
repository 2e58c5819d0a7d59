#ifndef FORMPOST_CGNUTLS_SHIM_H
#define FORMPOST_CGNUTLS_SHIM_H

#include <gnutls/gnutls.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <gnutls/pkcs7.h>

/* gnutls_free is a variable, which Swift takes for shared mutable state. */
static inline void formpost_gnutls_free(void *memory) { gnutls_free(memory); }

#endif
