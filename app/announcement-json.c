/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announcement-json.h"

#include <stdio.h>
#include <string.h>

#include "channel-json.h"

static JsonArray *
channels_to_json (const GPtrArray *channels)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < channels->len; i++)
    json_array_add_object_element (array, lec_channel_to_json (g_ptr_array_index (channels, i)));
  return array;
}

/* What a station may call up by name. */
static void
add_events (JsonObject *object, const GPtrArray *events)
{
  static const char *const when_done[] = {
    [LEC_WHEN_DONE_RESUME] = "resume",
    [LEC_WHEN_DONE_NEXT] = "next",
    [LEC_WHEN_DONE_BREAK] = "break",
  };
  JsonArray *array;

  if (events->len == 0)
    return;
  array = json_array_new ();
  for (guint i = 0; i < events->len; i++) {
    const LecEvent *event = g_ptr_array_index (events, i);
    JsonObject *member = json_object_new ();

    json_object_set_string_member (member, "name", event->name);
    json_object_set_string_member (member, "when-done", when_done[event->when_done]);
    json_object_set_array_member (member, "channels", channels_to_json (event->channels));
    json_array_add_object_element (array, member);
  }
  json_object_set_array_member (object, "events", array);
}

static void
add_announcement (JsonObject *object, const LecAnnouncement *announcement)
{
  JsonArray *warnings = json_array_new ();

  for (guint i = 0; i < announcement->warnings->len; i++)
    json_array_add_string_element (warnings, g_ptr_array_index (announcement->warnings, i));
  json_object_set_string_member (object, "format", announcement->format);
  if (announcement->title != NULL)
    json_object_set_string_member (object, "title", announcement->title);
  if (json_array_get_length (warnings) > 0)
    json_object_set_array_member (object, "warnings", json_array_ref (warnings));
  json_array_unref (warnings);
  json_object_set_array_member (object, "channels", channels_to_json (announcement->channels));
  if (announcement->repeat_to > announcement->repeat_from) {
    JsonArray *repeat = json_array_new ();

    json_array_add_int_element (repeat, announcement->repeat_from);
    json_array_add_int_element (repeat, announcement->repeat_to - 1);
    json_object_set_array_member (object, "repeat-forever", repeat);
  }
  add_events (object, announcement->events);
}

/* The input has a key of its own, so the sentence need not begin with it. */
static JsonObject *
bare_error_to_json (const char *input, const GError *error)
{
  g_autofree char *prefix = g_strconcat (input, ": ", NULL);
  g_autoptr (GError) bare = g_error_copy (error);

  if (g_str_has_prefix (error->message, prefix)) {
    g_free (bare->message);
    bare->message = g_strdup (error->message + strlen (prefix));
  }
  return lec_error_to_json (bare);
}

void
lec_announcement_print_json (const char *input,
                             const LecAnnouncement *announcement,
                             const GError *error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *line = NULL;

  json_object_set_string_member (object, "input", input);
  if (announcement != NULL)
    add_announcement (object, announcement);
  else
    json_object_set_object_member (object, "error", bare_error_to_json (input, error));
  line = lec_json_print (object);
  /* Not g_print(), which would turn it into the character set of the locale. */
  fputs (line, stdout);
  fputc ('\n', stdout);
}
