#ifndef FORMPOST_CETPAN_SHIM_H
#define FORMPOST_CETPAN_SHIM_H

#include <sys/eventfd.h>
#include <libetpan/libetpan.h>

/* Exported by the library and used by its own OAuth 2 code, but in no installed header: the only way to name ourselves
   in EHLO, to send AUTH without a SASL plug-in, and to know whether a message was handed over before the line broke. */
int mailsmtp_send_command(mailsmtp *session, char *command);
int mailsmtp_send_command_private(mailsmtp *session, char *command);
int mailsmtp_read_response(mailsmtp *session);
int mailesmtp_parse_ehlo(mailsmtp *session);

/* Swift sees neither the function nor its flags. */
static inline int formpost_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

#endif
