/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-crypto.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-key.h"
#include "announce/sdp-line.h"
#include "channel/error.h"

#define MAX_KEYS 16      /* of one stream */
#define MAX_WINDOW 65536 /* of WSH, which is only a hint */

/* Session parameters that change what is sent (RFC 4568, section 6.3). */
static const char *const conditions[] = {
  "KDR", "UNENCRYPTED_SRTP", "UNENCRYPTED_SRTCP", "UNAUTHENTICATED_SRTP", "FEC_ORDER", "FEC_KEY",
};

static void
refuse (LecError code, const char *sentence, GError **error)
{
  g_set_error_literal (error, LEC_ERROR, code, sentence);
}

static gboolean
refuse_malformed (GError **error)
{
  refuse (LEC_ERROR_MALFORMED,
          _ ("this channel is encrypted (SRTP) and its key (a=crypto) is not well-formed; ask the "
             "sender for a new announcement"),
          error);
  return FALSE;
}

/* Several keys are told apart by what the packets name them with, in a field of one length. */
static gboolean
can_tell_apart (const GPtrArray *keys)
{
  const LecKey *first = g_ptr_array_index (keys, 0);

  for (guint i = 1; i < keys->len; i++) {
    const LecKey *key = g_ptr_array_index (keys, i);

    if (first->mki == NULL || key->mki == NULL
        || g_bytes_get_size (first->mki) != g_bytes_get_size (key->mki)
        || strcmp (first->suite, key->suite) != 0)
      return FALSE;
    for (guint j = 0; j < i; j++) {
      if (g_bytes_equal (key->mki, ((const LecKey *) g_ptr_array_index (keys, j))->mki))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
read_keys (const char *text, guint suite, LecStream *stream, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", MAX_KEYS + 1);
  guint from = stream->keys->len;
  gboolean good = TRUE;

  for (guint i = 0; good && parts[i] != NULL; i++)
    good = stream->keys->len < MAX_KEYS && lec_sdp_key_read (parts[i], suite, stream);
  if (good && can_tell_apart (stream->keys))
    return TRUE;
  g_ptr_array_set_size (stream->keys, (int) from);
  return refuse_malformed (error);
}

/* `WSH=128`, `-OWN=1`: hints, and what may be passed over by its own word. */
static gboolean
is_harmless (const char *parameter)
{
  LecCursor cursor;

  if (parameter[0] == '-')
    return TRUE;
  if (g_ascii_strcasecmp (parameter, "KDR=0") == 0
      || g_ascii_strcasecmp (parameter, "FEC_ORDER=FEC_SRTP") == 0) /* both as without them */
    return TRUE;
  if (g_ascii_strncasecmp (parameter, "WSH=", 4) != 0)
    return FALSE;
  lec_cursor_init (&cursor, parameter + 4);
  lec_cursor_number (&cursor, MAX_WINDOW);
  return lec_cursor_done (&cursor);
}

static gboolean
check_parameters (LecCursor *cursor, GError **error)
{
  for (;;) {
    g_autofree char *parameter = NULL;
    gsize length;

    lec_cursor_skip_blanks (cursor);
    if (cursor->at == cursor->end)
      return TRUE;
    parameter = lec_cursor_word (cursor);
    if (is_harmless (parameter))
      continue;
    length = strcspn (parameter, "=");
    for (guint i = 0; i < G_N_ELEMENTS (conditions); i++) {
      if (strlen (conditions[i]) == length
          && g_ascii_strncasecmp (parameter, conditions[i], length) == 0) {
        g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                     _ ("this channel is encrypted (SRTP) in a way that cannot be played: its key "
                        "has the condition %s; ask the sender to leave it out"),
                     conditions[i]);
        return FALSE;
      }
    }
    refuse (LEC_ERROR_UNSUPPORTED,
            _ ("this channel is encrypted (SRTP) and its key has a condition that is not known; "
               "ask the sender to leave it out"),
            error);
    return FALSE;
  }
}

/* `1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4;inline:KEY|2^20|2:4 WSH=64` */
static gboolean
read_line (const char *value, LecStream *stream, GError **error)
{
  g_autofree char *tag = NULL;
  g_autofree char *suite = NULL;
  g_autofree char *keys = NULL;
  LecCursor cursor;
  int index;

  lec_cursor_init (&cursor, value);
  tag = lec_cursor_word (&cursor);
  suite = lec_cursor_word (&cursor);
  keys = lec_cursor_word (&cursor);
  if (cursor.failed || strspn (tag, "0123456789") != strlen (tag))
    return refuse_malformed (error);
  index = lec_sdp_key_find_suite (suite);
  if (index < 0) {
    refuse (LEC_ERROR_UNSUPPORTED,
            _ ("this channel is encrypted (SRTP) in a way that is not known; ask the sender to use "
               "AES_CM_128_HMAC_SHA1_80"),
            error);
    return FALSE;
  }
  return check_parameters (&cursor, error) && read_keys (keys, (guint) index, stream, error);
}

/* Says what is missing to hear a stream that has no key. */
static gboolean
check_other_ways (const GstSDPMessage *message, const GstSDPMedia *media, GError **error)
{
  const char *protocol = gst_sdp_media_get_proto (media);

  if (strcasestr (protocol, "TLS") != NULL
      || lec_sdp_attribute_get (message, media, "fingerprint") != NULL)
    refuse (LEC_ERROR_UNSUPPORTED,
            _ ("this channel is encrypted with keys that are agreed in a conversation (DTLS), "
               "which a group cannot hold; ask the sender for an announcement with a=crypto"),
            error);
  else if (lec_sdp_attribute_get (message, media, "key-mgmt") != NULL)
    refuse (LEC_ERROR_UNSUPPORTED,
            _ ("this channel is encrypted (SRTP) with keys in a form that cannot be read (MIKEY); "
               "ask the sender for an announcement with a=crypto"),
            error);
  else if (strcasestr (protocol, "SAVP") != NULL)
    refuse (LEC_ERROR_UNSUPPORTED,
            _ ("this channel is encrypted (SRTP) and the announcement gives no key; ask the sender "
               "for one with a=crypto"),
            error);
  else
    return TRUE;
  return FALSE;
}

gboolean
lec_sdp_crypto_read (const GstSDPMessage *message,
                     const GstSDPMedia *media,
                     LecStream *stream,
                     LecWarnings *warnings,
                     GError **error)
{
  g_autoptr (GPtrArray) lines = lec_sdp_attribute_list (message, media, "crypto");
  g_autoptr (GError) reason = NULL;
  guint unused = 0;

  for (guint i = 0; i < lines->len; i++) {
    GError **where = reason == NULL ? &reason : NULL;

    if (!read_line (g_ptr_array_index (lines, i), stream, where))
      unused++;
  }
  if (stream->keys->len > 0) {
    if (unused > 0)
      lec_warnings_add (
          warnings,
          g_dngettext (
              GETTEXT_PACKAGE, "of %u key of a stream (a=crypto) only the first known one is used",
              "of %u keys of a stream (a=crypto) only the first known one is used", lines->len),
          lines->len);
    return TRUE;
  }
  if (reason == NULL)
    return check_other_ways (message, media, error);
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

gboolean
lec_sdp_crypto_is_same (const LecStream *a, const LecStream *b)
{
  if (a->keys->len != b->keys->len)
    return FALSE;
  for (guint i = 0; i < a->keys->len; i++) {
    const LecKey *x = g_ptr_array_index (a->keys, i);
    const LecKey *y = g_ptr_array_index (b->keys, i);

    if (strcmp (x->suite, y->suite) != 0 || !g_bytes_equal (x->key, y->key)
        || (x->mki == NULL) != (y->mki == NULL)
        || (x->mki != NULL && !g_bytes_equal (x->mki, y->mki)))
      return FALSE;
  }
  return TRUE;
}

void
lec_sdp_crypto_print (const LecStream *stream, GString *text)
{
  for (guint i = 0; i < stream->keys->len; i++) {
    const LecKey *key = g_ptr_array_index (stream->keys, i);
    g_autoptr (GString) line = g_string_new (NULL);

    g_string_printf (line, "a=crypto:%u %s ", i + 1, key->suite);
    lec_sdp_key_print (key, line);
    lec_sdp_line_add (text, "%s", line->str);
  }
}
