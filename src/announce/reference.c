/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/reference.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "channel/error.h"

#define SHOWN 80 /* [bytes] of a refused reference that a message quotes */

static const char *const media_schemes[] = {
  "http", "https", "mms", "mmsh", "mmst", "mmsu", "rtsp", "rtspt", "rtspu", "rtsps", "nsc", "asfm",
};

char *
lec_reference_dup_scheme (const char *reference)
{
  gsize length = 0;

  if (reference == NULL || !g_ascii_isalpha (reference[0]))
    return NULL;
  while (g_ascii_isalnum (reference[length])
         || (reference[length] != '\0' && strchr ("+-.", reference[length]) != NULL))
    length++;
  return reference[length] == ':' ? g_ascii_strdown (reference, (gssize) length) : NULL;
}

gboolean
lec_reference_has_scheme (const char *reference, const char *scheme)
{
  g_autofree char *own = lec_reference_dup_scheme (reference);

  return g_strcmp0 (own, scheme) == 0;
}

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

char *
lec_reference_escape (const char *reference)
{
  return g_uri_escape_string (reference, ":/?#[]@!$&'()*+,;=%", FALSE);
}

/* As playlists of Windows are written. */
static char *
escape (const char *reference)
{
  g_autofree char *turned = g_strdelimit (g_strdup (reference), "\\", '/');

  return lec_reference_escape (turned);
}

/* (nullable): what GLib can resolve against: `http://a.example` gets a path, and what has neither
 * host nor folders is no base at all. */
static char *
dup_base (const char *base)
{
  const char *authority = base + strcspn (base, ":/?#");
  gsize length;

  if (!g_str_has_prefix (authority, "://"))
    return NULL;
  length = (gsize) (authority - base) + 3 + strcspn (authority + 3, "/;?#");
  if (base[length] == '/')
    return g_strdup (base);
  return g_strdup_printf ("%.*s/%s", (int) length, base, base + length);
}

static char *
resolve_relative (const char *reference, const char *base, GError **error)
{
  g_autofree char *escaped = escape (reference);
  g_autofree char *resolved = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *scheme = lec_reference_dup_scheme (base);

  if (base == NULL)
    return g_steal_pointer (&escaped);
  if (scheme == NULL)
    return g_strconcat (base, escaped, NULL);
  if (g_str_has_prefix (escaped, "//"))
    return g_strconcat (scheme, ":", escaped, NULL);
  folder = dup_base (base);
  if (folder != NULL)
    resolved = g_uri_resolve_relative (folder, escaped,
                                       G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (resolved == NULL)
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 _ ("“%.*s” is not an address that can be opened"), SHOWN, reference);
  return resolved != NULL ? escape (resolved) : NULL; /* the host has been unescaped */
}

/* Every spelling of an address that leads back: `127.1` and `0x7f000001` do, and so does 0.0.0.0.
 */
static gboolean
is_loopback_address (const char *host)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  struct in6_addr six;
  struct in_addr four;

  if (inet_aton (host, &four) != 0) {
    const guint8 *bytes = (const guint8 *) &four;

    return bytes[0] == 127 || bytes[0] == 0;
  }
  if (inet_pton (AF_INET6, host, &six) != 1)
    return FALSE;
  if (memcmp (six.s6_addr, mapped, sizeof mapped) == 0)
    return six.s6_addr[12] == 127 || six.s6_addr[12] == 0;
  for (guint i = 0; i < 15; i++) {
    if (six.s6_addr[i] != 0)
      return FALSE;
  }
  return six.s6_addr[15] <= 1; /* ::1 and :: */
}

static gboolean
is_this_computer (const char *host)
{
  g_autofree char *name = g_ascii_strdown (host, -1);

  if (g_str_has_suffix (name, "."))
    name[strlen (name) - 1] = '\0';
  return g_str_has_prefix (name, "localhost") || g_str_has_prefix (name, "ip6-l")
         || g_str_has_suffix (name, ".localhost") || is_loopback_address (name);
}

/* (nullable): the host of an absolute URI, with what is escaped in it read. */
static char *
dup_host (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;

  return host != NULL && host[0] != '\0' ? g_strdup (host) : NULL;
}

gboolean
lec_reference_check_host (const char *host, const char *base, GError **error)
{
  g_autofree char *from = base != NULL ? dup_host (base) : NULL;

  if (from == NULL || is_this_computer (from) || !is_this_computer (host))
    return TRUE;
  g_set_error (
      error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
      _ ("“%.*s” is not opened: a playlist from %.*s may not refer to local files or hosts"), SHOWN,
      host, SHOWN, from);
  return FALSE;
}

/* As written, and again as escaped, which may be three times as long. */
static gboolean
check_length (const char *reference, GError **error)
{
  if (strlen (reference) <= LEC_MAX_REFERENCE)
    return TRUE;
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("“%.*s…” is longer than the limit of %d bytes"), SHOWN, reference,
               LEC_MAX_REFERENCE);
  return FALSE;
}

/* Takes @uri; NULL where it must not be opened from a text that came from @base. */
static char *
check_uri (char *uri, const char *base, GError **error)
{
  g_autofree char *taken = uri;
  g_autofree char *host = NULL;

  if (taken == NULL || !check_length (taken, error))
    return NULL;
  host = dup_host (taken);
  if (host != NULL && !lec_reference_check_host (host, base, error))
    return NULL;
  return g_steal_pointer (&taken);
}

char *
lec_reference_resolve (const char *reference, const char *base, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (reference));
  g_autofree char *scheme = lec_reference_dup_scheme (trimmed);

  if (trimmed[0] == '\0') {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("an entry has no address"));
    return NULL;
  }
  if (!check_length (trimmed, error))
    return NULL;
  if (is_windows_path (trimmed) || (is_local (base) && g_str_has_prefix (trimmed, "//"))) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("“%.*s” lies on a Windows computer and cannot be opened from here"), SHOWN,
                 trimmed);
    return NULL;
  }
  if (is_bare_host (trimmed)) {
    g_autofree char *escaped = escape (trimmed);

    return check_uri (g_strconcat ("http://", escaped, NULL), base, error);
  }
  if (scheme == NULL)
    return check_uri (resolve_relative (trimmed, base, error), base, error);
  if (is_media_scheme (scheme) || (strcmp (scheme, "file") == 0 && is_local (base)))
    return check_uri (escape (trimmed), base, error);
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("“%.*s” is not opened: a playlist may not refer to %s addresses"), SHOWN, trimmed,
               scheme);
  return NULL;
}

gboolean
lec_reference_is_for_people (const char *reference)
{
  g_autofree char *scheme = lec_reference_dup_scheme (reference);

  if (strlen (reference) > LEC_MAX_LINK)
    return FALSE;
  if (scheme == NULL)
    return strchr (reference, ':') == NULL && reference[0] != '\\';
  return strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0
         || strcmp (scheme, "mailto") == 0;
}

char *
lec_reference_resolve_link (const char *reference, const char *base)
{
  g_autofree char *resolved = NULL;
  g_autofree char *scheme = lec_reference_dup_scheme (reference);

  if (!lec_reference_is_for_people (reference))
    return NULL;
  if (scheme != NULL || base == NULL || is_local (base) || is_bare_host (reference))
    return g_strdup (reference);
  resolved = lec_reference_resolve (reference, base, NULL);
  return resolved != NULL && lec_reference_is_for_people (resolved) ? g_steal_pointer (&resolved)
                                                                    : NULL;
}

char *
lec_reference_dup_name (const char *uri)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  char *dot;

  if (uri == NULL)
    return NULL;
  path = g_strndup (uri, strcspn (uri, "?#"));
  name = g_uri_unescape_string (strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path, "/");
  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return NULL;
  dot = strrchr (name, '.');
  if (dot != NULL)
    *dot = '\0';
  return name[0] != '\0' ? g_steal_pointer (&name) : NULL;
}
