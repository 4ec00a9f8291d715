/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/reference.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-line.h"

#define MAX_DETAILS 32
#define DETAIL "x-detail" /* a=x-detail:NAME VALUE, the name escaped as in a URI */

/* Where a text stands that has no line of its own. The first name is the one to write, and the one
 * that goes before the others; those of QuickTime are in wide use. */
static const struct
{
  const char *attributes[3];
  gsize offset;
} fields[] = {
  { { "x-qt-text-aut" }, G_STRUCT_OFFSET (LecChannelInfo, author) },
  { { "x-qt-text-cpy" }, G_STRUCT_OFFSET (LecChannelInfo, copyright) },
  { { "cat", "x-plgroup" }, G_STRUCT_OFFSET (LecChannelInfo, category) },
  { { "keywds", "keywords" }, G_STRUCT_OFFSET (LecChannelInfo, keywords) },
};

/* Attributes that say something to a person, but nothing that there is a field for. */
static gboolean
is_detail (const char *name)
{
  return g_ascii_strcasecmp (name, "tool") == 0 || g_ascii_strcasecmp (name, "type") == 0
         || g_ascii_strncasecmp (name, "x-qt-text-", 10) == 0;
}

static gboolean
is_field (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (g_ascii_strcasecmp (name, fields[i].attributes[0]) == 0)
      return TRUE;
  }
  return FALSE;
}

static char **
get_field (const LecChannelInfo *info, guint index)
{
  return G_STRUCT_MEMBER_P (info, fields[index].offset);
}

static void
read_fields (const GstSDPMessage *message, LecChannelInfo *info)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *value = NULL;

    for (guint j = 0; value == NULL && fields[i].attributes[j] != NULL; j++)
      value = lec_sdp_attribute_get (message, NULL, fields[i].attributes[j]);
    *get_field (info, i) = g_strdup (value);
  }
}

static void
read_written_detail (LecChannelInfo *info, const char *value)
{
  gsize length = strcspn (value, " \t");
  g_autofree char *escaped = g_strndup (value, length);
  g_autofree char *name = g_uri_unescape_string (escaped, NULL);

  value += length + strspn (value + length, " \t");
  if (name != NULL)
    lec_channel_info_add_detail (info, name, value);
}

static void
read_details (const GstSDPMessage *message, LecChannelInfo *info)
{
  guint count = 0;

  for (guint i = 0; i < gst_sdp_message_attributes_len (message) && count < MAX_DETAILS; i++) {
    const GstSDPAttribute *attribute = gst_sdp_message_get_attribute (message, i);
    const char *value = attribute->value != NULL ? attribute->value : "";

    if (g_ascii_strcasecmp (attribute->key, DETAIL) == 0)
      read_written_detail (info, value);
    else if (is_detail (attribute->key) && !is_field (attribute->key))
      lec_channel_info_add_detail (info, attribute->key, value);
    else
      continue;
    count++;
  }
}

/* The lines of several persons are one text. */
static char *
join (guint count,
      const char *(*get) (const GstSDPMessage *message, guint index),
      const GstSDPMessage *message)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (lines, (char *) get (message, i));
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv (", ", (char **) lines->pdata);
}

static void
read_links (const GstSDPMessage *message, LecChannelInfo *info)
{
  const char *uri = gst_sdp_message_get_uri (message);
  const char *logo = lec_sdp_attribute_get (message, NULL, "x-logo");

  if (uri != NULL && lec_reference_is_for_people (uri))
    info->more_info = g_strdup (uri);
  if (logo != NULL && lec_reference_is_for_people (logo))
    info->logo = g_strdup (logo);
}

void
lec_sdp_text_read (const GstSDPMessage *message, LecChannelInfo *info, LecWarnings *warnings)
{
  const char *title = gst_sdp_message_get_session_name (message);

  if (title == NULL)
    lec_warnings_add (warnings, _ ("the channel has no name (no s= line)"));
  else if (strcmp (title, "-") != 0)
    info->title = g_strdup (title);
  info->description = g_strdup (gst_sdp_message_get_information (message));
  info->email = join (gst_sdp_message_emails_len (message), gst_sdp_message_get_email, message);
  info->phone = join (gst_sdp_message_phones_len (message), gst_sdp_message_get_phone, message);
  read_links (message, info);
  read_fields (message, info);
  read_details (message, info);
}

static void
print_line (char type, const char *value, GString *text)
{
  if (value != NULL)
    lec_sdp_line_add (text, "%c=%s", type, value);
}

void
lec_sdp_text_print_lines (const LecChannelInfo *info, GString *text)
{
  print_line ('s', info->title, text);
  print_line ('i', info->description, text);
  print_line ('u', info->more_info, text);
  print_line ('e', info->email, text);
  print_line ('p', info->phone, text);
}

static void
print_attribute (const char *name, const char *value, GString *text)
{
  if (value != NULL)
    lec_sdp_line_add (text, "a=%s:%s", name, value);
}

void
lec_sdp_text_print_attributes (const LecChannelInfo *info, GString *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    print_attribute (fields[i].attributes[0], *get_field (info, i), text);
  print_attribute ("x-logo", info->logo, text);
  for (guint i = 0; info->details != NULL && info->details[i] != NULL; i += 2) {
    g_autofree char *name = NULL;

    if (is_detail (info->details[i]) && strpbrk (info->details[i], ": ") == NULL
        && !is_field (info->details[i])) {
      print_attribute (info->details[i], info->details[i + 1], text);
      continue;
    }
    name = g_uri_escape_string (info->details[i], NULL, TRUE);
    lec_sdp_line_add (text, "a=" DETAIL ":%s %s", name, info->details[i + 1]);
  }
}
