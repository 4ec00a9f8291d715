/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/shortcut.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/asx-tags.h"
#include "announce/entries.h"
#include "announce/line.h"
#include "announce/reference.h"
#include "channel/error.h"

#define RTSP_TEXT "RTSPtext"

static gboolean
starts_with (const char *text, const char *start)
{
  return g_ascii_strncasecmp (text, start, strlen (start)) == 0;
}

/* (nullable) (transfer full): the value of @key in @section; "" stands for any value where @key is
 * NULL, so that one can ask for the section itself. */
static char *
look_up (const char *text, const char *section, const char *key)
{
  gboolean inside = FALSE;
  char *next;

  while ((next = lec_line_next (&text)) != NULL) {
    g_autofree char *line = next;
    char *value;

    if (line[0] == '[') {
      inside = starts_with (line, section);
      if (inside && key == NULL)
        return g_strdup ("");
    } else if (inside && key != NULL && lec_line_split (line, &value)
               && g_ascii_strcasecmp (line, key) == 0) {
      return g_strdup (value);
    }
  }
  return NULL;
}

static gboolean
has_section (const char *text, const char *section)
{
  g_autofree char *found = text[0] == '[' || text[0] == '#' ? look_up (text, section, NULL) : NULL;

  return found != NULL;
}

gboolean
lec_shortcut_is_shortcut (const char *text)
{
  return starts_with (text, RTSP_TEXT) || starts_with (text, "<plist")
         || has_section (text, "[InternetShortcut]") || has_section (text, "[Desktop Entry]");
}

/* The first string behind the key of that name in a property list. */
static char *
look_up_plist (const char *text, const char *key)
{
  gboolean found = FALSE;
  char element[LEC_MAX_TAG] = "";
  LecTags tags;

  lec_tags_init (&tags, text);
  while (lec_tags_next (&tags) != LEC_TAG_NONE) {
    g_autofree char *said = NULL;

    if (tags.kind != LEC_TAG_TEXT) {
      g_strlcpy (element, tags.kind == LEC_TAG_START ? tags.name : "", sizeof element);
      continue;
    }
    said = g_strstrip (lec_tags_dup_text (&tags));
    if (strcmp (element, "key") == 0)
      found = strcmp (said, key) == 0;
    else if (found && strcmp (element, "string") == 0)
      return g_steal_pointer (&said);
  }
  return NULL;
}

/* Only links name an address; other entries of a desktop start programs. */
static char *
look_up_link (const char *text, LecChannelInfo *info, GError **error)
{
  g_autofree char *type = look_up (text, "[Desktop Entry]", "Type");

  if (type == NULL || g_ascii_strcasecmp (type, "Link") != 0) {
    g_set_error_literal (
        error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
        _ ("this starts a program and is not a link to a channel; open it from the desktop"));
    return NULL;
  }
  info->title = look_up (text, "[Desktop Entry]", "Name");
  return look_up (text, "[Desktop Entry]", "URL");
}

static char *
look_up_rtsp (const char *text)
{
  text += strlen (RTSP_TEXT);
  return lec_line_next (&text);
}

static char *
find_address (const char *text, LecChannelInfo *info, GError **error)
{
  if (starts_with (text, RTSP_TEXT))
    return look_up_rtsp (text);
  if (starts_with (text, "<plist"))
    return look_up_plist (text, "URL");
  if (has_section (text, "[InternetShortcut]"))
    return look_up (text, "[InternetShortcut]", "URL");
  return look_up_link (text, info, error);
}

LecAnnouncement *
lec_shortcut_parse (const char *text, const char *base_uri, GError **error)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("shortcut");
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  g_auto (LecEntries) entries = { 0 };
  g_autoptr (GError) reason = NULL;
  g_autofree char *address = find_address (text, info, &reason);

  if (reason == NULL && (address == NULL || address[0] == '\0'))
    g_set_error_literal (&reason, LEC_ERROR, LEC_ERROR_MALFORMED,
                         _ ("the shortcut names no address; make a new one"));
  if (reason != NULL) {
    g_propagate_error (error, g_steal_pointer (&reason));
    return NULL;
  }
  lec_entries_init (&entries, announcement);
  lec_entries_add_address (&entries, info, address, base_uri);
  if (info->title == NULL)
    info->title = lec_reference_dup_name (base_uri);
  lec_entries_take (&entries, announcement->channels, g_steal_pointer (&info));
  if (!lec_entries_finish (&entries, error))
    return NULL;
  return g_steal_pointer (&announcement);
}
