/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/reference.h"

#include <string.h>

#include "announce/cursor.h"
#include "wire/channel.h"
#include "wire/error.h"

#define SHOWN 80 /* [bytes] of a refused reference that a message quotes */

static const char *const media_schemes[] = {
  "http", "https", "mms", "mmsh", "mmst", "mmsu", "rtsp", "rtspt", "rtspu", "rtsps", "nsc", "asfm",
};

static gboolean
is_media_scheme (const char *scheme)
{
  for (guint i = 0; i < G_N_ELEMENTS (media_schemes); i++) {
    if (strcmp (scheme, media_schemes[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_local (const char *base)
{
  return base != NULL && g_ascii_strncasecmp (base, "file:", 5) == 0;
}

/* A drive letter, a share, or a file: URI that names another computer. */
static gboolean
is_windows_path (const char *reference)
{
  if (g_ascii_isalpha (reference[0]) && reference[1] == ':')
    return TRUE;
  if (g_str_has_prefix (reference, "\\\\"))
    return TRUE;
  if (!is_local (reference))
    return FALSE;
  return strchr (reference, '\\') != NULL
         || (g_str_has_prefix (reference + 5, "//") && reference[7] != '/'
             && g_ascii_strncasecmp (reference + 7, "localhost/", 10) != 0);
}

/* `radio.example:8000/live` and `www.example.com`: written for a browser, which adds the scheme. */
static gboolean
is_bare_host (const char *reference)
{
  g_autofree char *host = NULL;
  LecCursor cursor;

  if (g_ascii_strncasecmp (reference, "www.", 4) == 0)
    return TRUE;
  lec_cursor_init (&cursor, reference);
  host = lec_cursor_until (&cursor, ":/?# \\");
  lec_cursor_expect (&cursor, ':');
  lec_cursor_number (&cursor, G_MAXUINT16);
  return !cursor.failed && strchr (host, '.') != NULL
         && (cursor.at == cursor.end || *cursor.at == '/');
}

static char *
escape (const char *reference)
{
  g_autofree char *turned = g_strdelimit (g_strdup (reference), "\\", '/');

  return g_uri_escape_string (turned, ":/?#[]@!$&'()*+,;=%", FALSE);
}

static char *
resolve_relative (const char *reference, const char *base, GError **error)
{
  g_autofree char *escaped = escape (reference);
  g_autofree char *resolved = NULL;

  if (base == NULL)
    return g_steal_pointer (&escaped);
  if (g_uri_peek_scheme (base) == NULL)
    return g_strconcat (base, escaped, NULL);
  resolved = g_uri_resolve_relative (base, escaped, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED,
                                     NULL);
  if (resolved == NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, "“%.*s” is no address that can be opened",
                 SHOWN, reference);
  return g_steal_pointer (&resolved);
}

char *
lec_reference_resolve (const char *reference, const char *base, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (reference));
  const char *scheme = g_uri_peek_scheme (trimmed);

  if (trimmed[0] == '\0') {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, "an entry has no address");
    return NULL;
  }
  if (strlen (trimmed) > LEC_MAX_REFERENCE) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "“%.*s…” is longer than %d bytes, which no address is", SHOWN, trimmed,
                 LEC_MAX_REFERENCE);
    return NULL;
  }
  if (is_windows_path (trimmed) || (is_local (base) && g_str_has_prefix (trimmed, "//"))) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "“%.*s” lies on a Windows computer and cannot be opened from here", SHOWN,
                 trimmed);
    return NULL;
  }
  if (is_bare_host (trimmed)) {
    g_autofree char *escaped = escape (trimmed);

    return g_strconcat ("http://", escaped, NULL);
  }
  if (scheme == NULL)
    return resolve_relative (trimmed, base, error);
  if (is_media_scheme (scheme) || (strcmp (scheme, "file") == 0 && is_local (base)))
    return escape (trimmed);
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               "“%.*s” is not opened: a playlist may not name %s addresses", SHOWN, trimmed,
               scheme);
  return NULL;
}

gboolean
lec_reference_is_for_people (const char *reference)
{
  const char *scheme = g_uri_peek_scheme (reference);

  if (strlen (reference) > LEC_MAX_TEXT) /* it would be cut, and lead elsewhere */
    return FALSE;
  if (scheme == NULL)
    return strchr (reference, ':') == NULL && reference[0] != '\\';
  return strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0
         || strcmp (scheme, "mailto") == 0;
}
