/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/relay.h"

#include <string.h>

#include "announce/cursor.h"
#include "announce/reference.h"
#include "channel/channel.h"

#define SEPARATORS ":%~+-^" /* between group and port, as udpxy has it */

/* (nullable): what stands in the path behind `/udp/` or `/rtp/`, up to the next slash. What is
 * asked behind it is the relay's business. */
static char *
find_target (const char *uri, const char **scheme)
{
  static const char *const commands[][2]
      = { { "/udp/", "udp" }, { "/rtp/", "rtp" }, { "/udp://", "udp" }, { "/rtp://", "rtp" } };
  const char *path = strstr (uri, "://");
  g_autofree char *own = NULL;

  if (path == NULL
      || !(lec_reference_has_scheme (uri, "http") || lec_reference_has_scheme (uri, "https")))
    return NULL;
  path += 3 + strcspn (path + 3, "/?#");
  own = g_strndup (path, strcspn (path, "?#"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    const char *at = strcasestr (own, commands[i][0]);

    if (at == NULL)
      continue;
    at += strlen (commands[i][0]);
    *scheme = commands[i][1];
    return g_strndup (at, strcspn (at, "/"));
  }
  return NULL;
}

/* `GROUP:PORT`; NULL for anything else. */
static char *
read_group (const char *text)
{
  g_autofree char *group = NULL;
  LecCursor cursor;
  guint16 port;

  lec_cursor_init (&cursor, text);
  if (lec_cursor_skip (&cursor, '[')) {
    group = lec_cursor_until (&cursor, "]");
    lec_cursor_expect (&cursor, ']');
  } else {
    group = lec_cursor_until (&cursor, SEPARATORS);
  }
  if (cursor.failed || cursor.at == cursor.end || strchr (SEPARATORS, *cursor.at) == NULL)
    return NULL;
  cursor.at++;
  port = (guint16) lec_cursor_number (&cursor, G_MAXUINT16);
  if (!lec_cursor_done (&cursor) || port == 0 || !lec_address_is_group (group))
    return NULL;
  return lec_address_format (group, port);
}

/* `[SOURCE@]GROUP:PORT` of udpxy, `GROUP:PORT[@SOURCE]` of rtp2httpd. A card in place of the source
 * is the relay's. */
static char *
read_target (const char *target, const char *scheme)
{
  g_auto (GStrv) parts = g_strsplit (target, "@", 3);
  g_autofree char *group = NULL;
  const char *other = NULL;

  for (guint i = 0; parts[i] != NULL && group == NULL; i++) {
    group = read_group (parts[i]);
    if (group != NULL)
      other = i > 0 ? parts[i - 1] : parts[1];
  }
  if (group == NULL)
    return NULL;
  if (other == NULL || !lec_address_is_numeric (other) || lec_address_is_group (other))
    return g_strdup_printf ("%s://@%s", scheme, group);
  return g_strdup_printf ("%s://%s@%s", scheme, other, group);
}

char *
lec_relay_dup_group (const char *uri)
{
  const char *scheme;
  g_autofree char *target = find_target (uri, &scheme);
  g_autofree char *plain = target != NULL ? g_uri_unescape_string (target, NULL) : NULL;
  char *group = target != NULL ? read_target (target, scheme) : NULL;

  return group == NULL && plain != NULL ? read_target (plain, scheme) : group;
}
