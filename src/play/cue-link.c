/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/cue-link.h"

#include <string.h>

#include "announce/reference.h"
#include "fetch/web.h"

/* (nullable): the folder of @base, which may be a page in it. Query and fragment are no part of it.
 */
static char *
dup_folder (const char *base)
{
  const gsize length = strcspn (base, "?#");
  const char *authority = g_strstr_len (base, (gssize) length, "://");
  const char *slash = g_strrstr_len (base, (gssize) length, "/");

  if (authority == NULL)
    return NULL;
  if (slash < authority + strlen ("://"))
    return g_strdup_printf ("%.*s/", (int) length, base);
  return g_strndup (base, (gsize) (slash + 1 - base));
}

/* As Windows Media Player joins them (SDK, Settings.baseURL): dots and slashes in front are no part
 * of a relative address, so that it stays in the folder. */
static char *
join (const char *relative, const char *base)
{
  g_autofree char *folder = NULL;

  if (base == NULL || !lec_web_is_address (base))
    return NULL;
  folder = dup_folder (base);
  if (folder == NULL)
    return NULL;
  return g_strconcat (folder, relative + strspn (relative, "./"), NULL);
}

/* (transfer full) (nullable): not looked at yet */
static char *
resolve (const char *address, const char *base)
{
  g_autofree char *scheme = lec_reference_dup_scheme (address);

  if (scheme != NULL)
    return lec_web_is_address (address) ? g_strdup (address) : NULL;
  if (g_ascii_strncasecmp (address, "www.", 4) == 0)
    return g_strconcat ("http://", address, NULL);
  return join (address, base);
}

static gboolean
is_picture (const char *path)
{
  static const char *const endings[] = { ".png", ".jpg", ".jpeg", ".jpe", ".gif", ".webp", ".bmp" };
  const gsize length = strlen (path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    const gsize end = strlen (endings[i]);

    if (length > end && g_ascii_strcasecmp (path + length - end, endings[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

LecCueLink *
lec_cue_link_new (const char *parameter, const char *base)
{
  const char *frame = strstr (parameter, "&&");
  g_autofree char *address = g_strstrip (
      g_strndup (parameter, frame != NULL ? (gsize) (frame - parameter) : strlen (parameter)));
  g_autofree char *escaped = NULL, *resolved = NULL, *host = NULL;
  g_autoptr (GUri) uri = NULL;
  LecCueLink *link;

  g_strdelimit (address, "\\", '/');
  escaped = lec_reference_escape (address);
  if (*escaped == '\0' || strlen (escaped) > LEC_MAX_LINK)
    return NULL;
  resolved = resolve (escaped, base);
  if (resolved != NULL)
    uri = g_uri_parse (resolved, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  host = g_hostname_to_ascii (g_uri_get_host (uri));
  if (host == NULL)
    return NULL;
  link = g_new (LecCueLink, 1);
  link->uri = g_steal_pointer (&resolved);
  link->host = g_steal_pointer (&host);
  link->is_slide = is_picture (g_uri_get_path (uri));
  return link;
}

void
lec_cue_link_free (LecCueLink *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->host);
  g_free (self);
}
