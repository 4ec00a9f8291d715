/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern-guide: reads announcements and says what they promise, or why they are refused. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "channel-json.h"
#include "lan/fetch.h"
#include "listen.h"
#include "wire/error.h"

enum {
  EXIT_UNDERSTOOD = 0,
  EXIT_REFUSED = 1,
  EXIT_USAGE = 2,
};

/* `239.1.2.3:5004`, IPv6 in brackets. */
static char *
format_address (const char *group, guint16 port)
{
  return g_strdup_printf (strchr (group, ':') != NULL ? "[%s]:%u" : "%s:%u", group, port);
}

static void
print_list (const char *label, GStrv addresses)
{
  g_autofree char *list = addresses != NULL ? g_strjoinv (", ", addresses) : NULL;

  if (list != NULL)
    g_print (" %s %s", label, list);
}

static void
print_leg (const LecLeg *leg)
{
  g_autofree char *address = format_address (leg->group, leg->port);

  g_print ("        %s", address);
  if (leg->ttl >= 0)
    g_print (" ttl %d", leg->ttl);
  print_list ("from", leg->sources);
  print_list ("not from", leg->excluded);
  if (leg->rtcp_port != 0)
    g_print (" (RTCP %u)", leg->rtcp_port);
  g_print ("\n");
}

static void
print_payload (const LecPayload *payload)
{
  g_print ("        %u: %s, %u Hz", payload->payload, payload->encoding, payload->clock_rate);
  if (payload->channels > 1)
    g_print (", %u channels", payload->channels);
  g_print ("\n");
}

static void
print_repair (const LecRepair *repair)
{
  static const char *const schemes[] = {
    [LEC_REPAIR_ULPFEC] = "ULP FEC",
    [LEC_REPAIR_FLEXFEC] = "FlexFEC",
    [LEC_REPAIR_2022_1] = "SMPTE 2022-1 FEC",
    [LEC_REPAIR_RTX] = "retransmission",
  };
  g_autofree char *address = format_address (repair->group, repair->port);

  g_print ("        repaired by %s on %s\n", schemes[repair->scheme], address);
}

static void
print_stream (const LecStream *stream)
{
  static const char *const media[] = {
    [LEC_MEDIA_VIDEO] = "video",
    [LEC_MEDIA_AUDIO] = "audio",
    [LEC_MEDIA_TEXT] = "text",
    [LEC_MEDIA_APPLICATION] = "data",
  };

  g_print ("      %s", media[stream->media]);
  if (stream->label != NULL)
    g_print (" “%s”", stream->label);
  if (stream->language != NULL)
    g_print (" [%s]", stream->language);
  if (stream->bandwidth != 0)
    g_print (", %.*f Mbit/s", stream->bandwidth < 10000000 ? 2 : 0, stream->bandwidth / 1e6);
  g_print ("\n");
  for (guint i = 0; i < stream->legs->len; i++)
    print_leg (g_ptr_array_index (stream->legs, i));
  for (guint i = 0; i < stream->payloads->len; i++)
    print_payload (g_ptr_array_index (stream->payloads, i));
  for (guint i = 0; i < stream->repairs->len; i++)
    print_repair (g_ptr_array_index (stream->repairs, i));
}

static void
print_alternative (const LecAlternative *alternative, guint number)
{
  static const char *const kinds[] = {
    [LEC_KIND_RTP] = "RTP",
    [LEC_KIND_TS] = "MPEG transport stream",
    [LEC_KIND_MSB] = "Windows Media multicast",
  };

  if (alternative->kind == LEC_KIND_URI) {
    g_print ("    %u. %s", number, alternative->uri);
    if (alternative->start_us != 0)
      g_print (", from %g s", (double) alternative->start_us / G_USEC_PER_SEC);
    if (alternative->duration_us != 0)
      g_print (", for %g s", (double) alternative->duration_us / G_USEC_PER_SEC);
    g_print ("\n");
    return;
  }
  g_print ("    %u. %s\n", number, kinds[alternative->kind]);
  for (guint i = 0; i < alternative->streams->len; i++)
    print_stream (g_ptr_array_index (alternative->streams, i));
}

static void
print_fact (const char *label, const char *fact)
{
  if (fact != NULL)
    g_print ("    %s%s\n", label, fact);
}

static void
print_time (const char *label, gint64 time)
{
  g_autoptr (GDateTime) date = time != 0 ? g_date_time_new_from_unix_local (time) : NULL;
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%F %R %Z") : NULL;

  print_fact (label, text);
}

static void
print_channel (const LecChannel *channel)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);

  g_print ("  %s\n", info->title);
  print_fact ("", info->description);
  print_fact ("by ", info->author);
  print_fact ("see ", info->more_info);
  print_time ("begins ", lec_schedule_get_start (info->schedule));
  print_time ("ends ", lec_schedule_get_end (info->schedule));
  for (guint i = 0; i < info->alternatives->len; i++)
    print_alternative (g_ptr_array_index (info->alternatives, i), i + 1);
}

static void
print_announcement (const char *input, const LecAnnouncement *announcement)
{
  g_print ("%s (%s)\n", input, announcement->format);
  for (guint i = 0; i < announcement->channels->len; i++)
    print_channel (g_ptr_array_index (announcement->channels, i));
  for (guint i = 0; i < announcement->warnings->len; i++)
    g_print ("  note: %s\n", (const char *) g_ptr_array_index (announcement->warnings, i));
}

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

static void
print_json (const char *input, const LecAnnouncement *announcement, const GError *error)
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

/* Returns whether the announcement at @location was understood. */
static gboolean
guide (const char *location, gboolean json)
{
  g_autofree char *input = g_filename_display_name (location);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = lec_fetch_announcement (location, NULL, &error);

  if (json)
    print_json (input, announcement, error);
  else if (announcement != NULL)
    print_announcement (input, announcement);
  else
    g_printerr ("lectern-guide: %s\n", error->message);
  return announcement != NULL;
}

int
main (int argc, char *argv[])
{
  gboolean json = FALSE;
  gboolean version = FALSE;
  double seconds = 0;
  g_autofree char *interface = NULL;
  g_auto (GStrv) locations = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print one JSON object a line for each input", NULL },
    { "listen", 0, 0, G_OPTION_ARG_DOUBLE, &seconds,
      "Listen that long to what is announced on the network (SAP), and list it", "SECONDS" },
    { "interface", 0, 0, G_OPTION_ARG_STRING, &interface,
      "Network interface to listen on; without it all are", "IF" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &locations, NULL, "FILE|URI…" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- say what announcements promise");
  g_autoptr (GError) error = NULL;
  gboolean understood = TRUE;

  setlocale (LC_ALL, "");
  g_option_context_set_description (
      context, "Reads .sdp and .asx announcements and addresses such as rtp://239.1.2.3:5004.\n"
               "Exits with 0 if all were understood, 1 if one was refused, 2 for a wrong call.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("lectern-guide: %s\n", error->message);
    return EXIT_USAGE;
  }
  if (version) {
    g_print ("lectern-guide " LEC_VERSION "\n");
    return EXIT_UNDERSTOOD;
  }
  if (seconds > 0) {
    understood = lec_listen (seconds, interface, json, &error);
    if (!understood)
      g_printerr ("lectern-guide: %s\n", error->message);
  }
  if (locations == NULL && seconds > 0)
    return understood ? EXIT_UNDERSTOOD : EXIT_REFUSED;
  if (locations == NULL) {
    g_printerr ("lectern-guide: name at least one file or address; see lectern-guide --help\n");
    return EXIT_USAGE;
  }
  for (guint i = 0; locations[i] != NULL; i++)
    understood &= guide (locations[i], json);
  return understood ? EXIT_UNDERSTOOD : EXIT_REFUSED;
}
