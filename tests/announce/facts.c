/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "facts.h"

static void
add_fact (GString *line, const char *label, const char *fact)
{
  if (fact != NULL)
    g_string_append_printf (line, "; %s%s", label, fact);
}

static void
add_markers (GString *line, const LecAlternative *alternative)
{
  add_fact (line, "from marker ", alternative->start_marker);
  add_fact (line, "to marker ", alternative->end_marker);
}

static void
add_msb (GString *line, const LecMsb *msb)
{
  for (guint i = 0; i < msb->formats->len; i++) {
    const LecMsbFormat *format = g_ptr_array_index (msb->formats, i);

    g_string_append_printf (line, "; format %u of %" G_GSIZE_FORMAT, format->id,
                            g_bytes_get_size (format->header));
    if (format->description != NULL)
      g_string_append_printf (line, " “%s”", format->description);
  }
  add_fact (line, "sent from ", msb->source);
  g_string_append_printf (line, "; span %u; buffer %u", msb->fec_span, msb->buffer_ms);
  add_fact (line, "log ", msb->log_url);
  g_string_append_printf (line, "; expires %u%s%s", msb->expires_s,
                          msb->may_split ? "" : "; no splitting",
                          msb->may_record ? "" : "; no recording");
}

static void
add_channel (GString *line, const LecChannel *channel)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);

  g_string_append (line, info->title);
  add_fact (line, "", info->description);
  add_fact (line, "by ", info->author);
  add_fact (line, "© ", info->copyright);
  add_fact (line, "under ", info->category);
  add_fact (line, "see ", info->more_info);
  add_fact (line, "logo ", info->logo);
  for (guint i = 0; info->details != NULL && info->details[i] != NULL; i += 2)
    g_string_append_printf (line, "; %s=%s", info->details[i], info->details[i + 1]);
  if ((info->flags & LEC_ENTRY_INCLUDE) != 0)
    g_string_append (line, "; include");
  if ((info->flags & LEC_ENTRY_NOT_INCLUDED) != 0)
    g_string_append (line, "; not included");
  if ((info->flags & LEC_ENTRY_NO_SKIP) != 0)
    g_string_append (line, "; no skip");
  for (guint i = 0; i < info->alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (info->alternatives, i);

    add_markers (line, alternative);
    if (alternative->msb != NULL)
      add_msb (line, alternative->msb);
  }
}

static void
add_event (GString *line, const LecEvent *event)
{
  static const char *const when_done[] = { "resume", "next", "break" };

  g_string_append_printf (line, " @ %s %s:", event->name, when_done[event->when_done]);
  for (guint i = 0; i < event->channels->len; i++)
    g_string_append_printf (line, "%s %s", i > 0 ? "," : "",
                            lec_channel_get_title (g_ptr_array_index (event->channels, i)));
}

char *
lec_property_list_new (const LecAnnouncement *announcement)
{
  GString *line = g_string_new (NULL);

  if (announcement->title != NULL)
    g_string_append_printf (line, "[%s] ", announcement->title);
  if (announcement->repeat_to > announcement->repeat_from)
    g_string_append_printf (line, "repeat %u-%u ", announcement->repeat_from,
                            announcement->repeat_to - 1);
  for (guint i = 0; i < announcement->channels->len; i++) {
    g_string_append (line, i > 0 ? " # " : "");
    add_channel (line, g_ptr_array_index (announcement->channels, i));
  }
  for (guint i = 0; i < announcement->events->len; i++)
    add_event (line, g_ptr_array_index (announcement->events, i));
  return g_string_free (line, FALSE);
}
