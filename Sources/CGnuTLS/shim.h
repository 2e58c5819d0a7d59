#ifndef FORMPOST_CGNUTLS_SHIM_H
#define FORMPOST_CGNUTLS_SHIM_H

#include <gnutls/gnutls.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <gnutls/pkcs7.h>

#endif
