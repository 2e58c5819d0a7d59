#ifndef FORMPOST_CGMIME_SHIM_H
#define FORMPOST_CGMIME_SHIM_H

#include <gmime/gmime.h>

// GMime tells its objects apart and converts between them by macros, which Swift does not see.

typedef enum {
    FORMPOST_MIME_LEAF,
    FORMPOST_MIME_MULTIPART,
    FORMPOST_MIME_MESSAGE,
    FORMPOST_MIME_UNKNOWN
} formpost_mime_shape;

static inline formpost_mime_shape formpost_mime_shape_of(GMimeObject *object) {
    if (GMIME_IS_MULTIPART(object)) return FORMPOST_MIME_MULTIPART;
    if (GMIME_IS_MESSAGE_PART(object)) return FORMPOST_MIME_MESSAGE;
    if (GMIME_IS_PART(object)) return FORMPOST_MIME_LEAF;
    return FORMPOST_MIME_UNKNOWN;
}

// The charsets that 8-bit text without a declared one is tried in.
static inline void formpost_mime_set_fallbacks(
    GMimeParserOptions *options, const char *first, const char *second, const char *third) {
    const char *names[] = {first, second, third, NULL};
    g_mime_parser_options_set_fallback_charsets(options, names);
}

// Parses a copy of the bytes; NULL when there is nothing that could be a message. The caller unrefs the message.
static inline GMimeMessage *formpost_mime_parse(const void *bytes, size_t count, GMimeParserOptions *options) {
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *) bytes, count);
    if (stream == NULL) return NULL;
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, options);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

static inline GMimeHeaderList *formpost_mime_message_headers(GMimeMessage *message) {
    return g_mime_object_get_header_list(GMIME_OBJECT(message));
}

// Borrowed from the message; NULL when it has no body.
static inline GMimeObject *formpost_mime_message_body(GMimeMessage *message) {
    return g_mime_message_get_mime_part(message);
}

static inline int formpost_mime_child_count(GMimeObject *multipart) {
    return g_mime_multipart_get_count(GMIME_MULTIPART(multipart));
}

static inline GMimeObject *formpost_mime_child(GMimeObject *multipart, int index) {
    return g_mime_multipart_get_part(GMIME_MULTIPART(multipart), index);
}

// Borrowed from the part; may be NULL.
static inline GMimeMessage *formpost_mime_attached_message(GMimeObject *part) {
    return g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
}

// A parameter of a Content-Type or Content-Disposition value, decoded; NULL when there is none. The caller frees it.
static inline char *formpost_mime_parameter(
    GMimeParserOptions *options, int is_type, const char *value, const char *name) {
    char *found = NULL;
    if (is_type) {
        GMimeContentType *type = g_mime_content_type_parse(options, value);
        if (type == NULL) return NULL;
        found = g_strdup(g_mime_content_type_get_parameter(type, name));
        g_object_unref(type);
    } else {
        GMimeContentDisposition *disposition = g_mime_content_disposition_parse(options, value);
        if (disposition == NULL) return NULL;
        found = g_strdup(g_mime_content_disposition_get_parameter(disposition, name));
        g_object_unref(disposition);
    }
    return found;
}

// The content of a leaf with its transfer encoding undone; nothing for an attached message that is missing. The caller
// unrefs the array.
static inline GByteArray *formpost_mime_decoded(GMimeObject *leaf) {
    GByteArray *array = g_byte_array_new();
    if (!GMIME_IS_PART(leaf)) return array;
    GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(leaf));
    if (content == NULL) return array;
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(array);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g_mime_data_wrapper_write_to_stream(content, stream);
    g_object_unref(stream);
    return array;
}

// A message as it was parsed. The caller unrefs the array.
static inline GByteArray *formpost_mime_written(GMimeMessage *message) {
    GByteArray *array = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(array);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, stream);
    g_object_unref(stream);
    return array;
}

// The mailbox at an index of a list, or NULL when a group stands there; `members` is then set. Borrowed.
static inline const char *formpost_mime_address(
    InternetAddressList *list, int index, const char **name, InternetAddressList **members) {
    InternetAddress *address = internet_address_list_get_address(list, index);
    *name = internet_address_get_name(address);
    *members = NULL;
    if (INTERNET_ADDRESS_IS_GROUP(address)) {
        *members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address));
        return NULL;
    }
    return internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(address));
}

#endif
