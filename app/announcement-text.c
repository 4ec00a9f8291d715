/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announcement-text.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "asf-format.h"

static void add (GPtrArray *line, const char *format, ...) G_GNUC_PRINTF (2, 3);
static void print_phrase (int indent, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A line is a list of phrases, each of which is translated whole. */
static void
add (GPtrArray *line, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (line, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static GPtrArray *
line_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static void
print_line (int indent, GPtrArray *line, const char *separator)
{
  g_autofree char *text = NULL;

  g_ptr_array_add (line, NULL);
  text = g_strjoinv (separator, (char **) line->pdata);
  g_print ("%*s%s\n", indent, "", text);
}

static void
print_phrase (int indent, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_print ("%*s%s\n", indent, "", text);
}

static void
print_leg (const LecLeg *leg)
{
  g_autoptr (GPtrArray) line = line_new ();
  g_autofree char *sources = leg->sources != NULL ? g_strjoinv (", ", leg->sources) : NULL;
  g_autofree char *excluded = leg->excluded != NULL ? g_strjoinv (", ", leg->excluded) : NULL;

  g_ptr_array_add (line, lec_address_format (leg->group, leg->port));
  if (leg->ttl >= 0)
    add (line, _ ("ttl %d"), leg->ttl);
  if (sources != NULL)
    add (line, _ ("from %s"), sources);
  if (excluded != NULL)
    add (line, _ ("not from %s"), excluded);
  if (leg->interface != NULL)
    add (line, _ ("on the interface %s"), leg->interface);
  if (leg->rtcp_group != NULL)
    add (line, "(RTCP %s %u)", leg->rtcp_group, leg->rtcp_port);
  else if (leg->rtcp_port != 0)
    add (line, "(RTCP %u)", leg->rtcp_port);
  print_line (8, line, " ");
}

static void
print_payload (const LecPayload *payload)
{
  g_autoptr (GPtrArray) line = line_new ();

  add (line, "%u: %s", payload->payload, payload->encoding);
  add (line, _ ("%u Hz"), payload->clock_rate);
  if (payload->channels > 1)
    add (line, ngettext ("%u channel", "%u channels", payload->channels), payload->channels);
  print_line (8, line, ", ");
}

static void
print_repair (const LecRepair *repair)
{
  static const char *const schemes[] = {
    [LEC_REPAIR_ULPFEC] = "ULP FEC",
    [LEC_REPAIR_FLEXFEC] = "FlexFEC",
    [LEC_REPAIR_2022_1] = "SMPTE 2022-1 FEC",
    [LEC_REPAIR_RTX] = N_ ("retransmission"),
  };
  g_autofree char *address = lec_address_format (repair->group, repair->port);

  /* Translators: how lost packets are recovered, and the address that this is sent to */
  print_phrase (8, _ ("repair: %1$s on %2$s"), _ (schemes[repair->scheme]), address);
}

static void
print_feedback (const LecFeedback *feedback)
{
  g_autofree char *address = NULL;

  if (!feedback->nack)
    return;
  if (feedback->target == NULL) {
    print_phrase (8, "%s", _ ("lost packets can be asked for"));
    return;
  }
  address = lec_address_format (feedback->target, feedback->port);
  print_phrase (8, _ ("lost packets can be asked for, at %s"), address);
}

/* With what a stream is encrypted; never the key. */
static void
print_keys (const GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    print_phrase (8, _ ("encrypted (%s)"), ((const LecKey *) g_ptr_array_index (keys, i))->suite);
}

static void
print_reference (const LecReference *reference)
{
  static const char *const sources[] = {
    [LEC_REFERENCE_NTP] = "NTP",
    [LEC_REFERENCE_PTP] = "PTP",
    [LEC_REFERENCE_GPS] = "GPS",
    [LEC_REFERENCE_GALILEO] = N_ ("Galileo"),
    [LEC_REFERENCE_GLONASS] = "GLONASS",
    /* Translators: the reference clock is that of the station itself */
    [LEC_REFERENCE_LOCAL] = N_ ("local"),
    /* Translators: the reference clock is one of which nothing is known */
    [LEC_REFERENCE_PRIVATE] = N_ ("private"),
  };
  g_autoptr (GPtrArray) line = line_new ();

  add (line, _ ("reference clock: %s"), _ (sources[reference->source]));
  if (reference->version != NULL)
    add (line, "(%s)", reference->version);
  if (reference->identity != NULL)
    add (line, "%s", reference->identity);
  if (reference->domain >= 0)
    add (line, _ ("domain %d"), reference->domain);
  if (reference->traceable)
    add (line, _ ("traceable"));
  print_line (8, line, " ");
}

static void
print_media_clock (const LecMediaClock *clock)
{
  switch (clock->kind) {
  case LEC_MEDIA_CLOCK_UNKNOWN:
    break;
  case LEC_MEDIA_CLOCK_SENDER:
    print_phrase (8, _ ("media clock: sender"));
    break;
  case LEC_MEDIA_CLOCK_DIRECT:
    print_phrase (8, _ ("media clock: reference clock, offset %" PRIu64), clock->offset);
    break;
  case LEC_MEDIA_CLOCK_STREAM:
    print_phrase (8, _ ("media clock: another stream"));
    break;
  }
}

static char *
name_stream (const LecStream *stream)
{
  static const char *const media[] = {
    [LEC_MEDIA_VIDEO] = N_ ("video"),
    [LEC_MEDIA_AUDIO] = N_ ("audio"),
    [LEC_MEDIA_TEXT] = N_ ("text"),
    [LEC_MEDIA_APPLICATION] = N_ ("data"),
  };
  GString *name = g_string_new (_ (media[stream->media]));

  if (stream->label != NULL)
    g_string_append_printf (name, " “%s”", stream->label);
  if (stream->content != NULL)
    g_string_append_printf (name, " (%s)", stream->content);
  if (stream->language != NULL)
    g_string_append_printf (name, " [%s]", stream->language);
  return g_string_free (name, FALSE);
}

static void
print_stream (const LecStream *stream)
{
  g_autoptr (GPtrArray) line = line_new ();

  g_ptr_array_add (line, name_stream (stream));
  if (stream->bandwidth != 0)
    add (line, _ ("%.*f Mbit/s"), stream->bandwidth < 10000000 ? 2 : 0, stream->bandwidth / 1e6);
  if (stream->packet_time_us != 0)
    add (line, _ ("packets of %g ms"), (double) stream->packet_time_us / 1000);
  print_line (6, line, ", ");
  for (guint i = 0; i < stream->legs->len; i++)
    print_leg (g_ptr_array_index (stream->legs, i));
  for (guint i = 0; i < stream->payloads->len; i++)
    print_payload (g_ptr_array_index (stream->payloads, i));
  for (guint i = 0; i < stream->repairs->len; i++)
    print_repair (g_ptr_array_index (stream->repairs, i));
  print_feedback (&stream->feedback);
  print_keys (stream->keys);
  for (guint i = 0; i < stream->references->len; i++)
    print_reference (g_ptr_array_index (stream->references, i));
  print_media_clock (&stream->media_clock);
}

static void
print_codecs (GBytes *header)
{
  guint packet_size;
  guint64 preroll_ms;
  g_auto (GStrv) codecs = lec_asf_format_dup_codecs (header, &packet_size, &preroll_ms);
  g_autofree char *names = g_strjoinv (", ", codecs);

  if (names[0] != '\0')
    print_phrase (8, _ ("%1$s in packets of %2$u bytes"), names, packet_size);
}

static void
print_msb_format (const LecMsbFormat *format)
{
  const gsize size = g_bytes_get_size (format->header);
  g_autoptr (GPtrArray) line = line_new ();

  add (line,
       ngettext ("format %1$u, header of %2$zu byte", "format %1$u, header of %2$zu bytes", size),
       format->id, size);
  if (format->description != NULL)
    add (line, "“%s”", format->description);
  print_line (6, line, " ");
  print_codecs (format->header);
}

static void
print_msb (const LecMsb *msb)
{
  for (guint i = 0; i < msb->formats->len; i++)
    print_msb_format (g_ptr_array_index (msb->formats, i));
  if (msb->source != NULL)
    print_phrase (6, _ ("sent from %s"), msb->source);
  if (msb->fec_span != 0)
    print_phrase (6,
                  ngettext ("one parity packet for each packet",
                            "one parity packet for every %u packets", msb->fec_span),
                  msb->fec_span);
  print_phrase (6, _ ("jitter buffer of %u ms"), msb->buffer_ms);
  if (msb->log_url != NULL)
    print_phrase (6, _ ("requests reports to %s"), msb->log_url);
  if (!msb->may_split)
    print_phrase (6, _ ("may not be redistributed"));
  if (!msb->may_record)
    print_phrase (6, _ ("may not be recorded"));
}

static void
print_uri (const LecAlternative *alternative, guint number)
{
  g_autoptr (GPtrArray) line = line_new ();
  g_autofree char *address = lec_alternative_dup_address (alternative);

  add (line, "%u. %s", number, address);
  if (alternative->start_marker != NULL)
    add (line, _ ("from marker “%s”"), alternative->start_marker);
  else if (alternative->start_us != 0)
    add (line, _ ("from %g s"), (double) alternative->start_us / G_USEC_PER_SEC);
  if (alternative->end_marker != NULL)
    add (line, _ ("to marker “%s”"), alternative->end_marker);
  else if (alternative->duration_us != 0)
    add (line, _ ("for %g s"), (double) alternative->duration_us / G_USEC_PER_SEC);
  print_line (4, line, ", ");
}

static void
print_alternative (const LecAlternative *alternative, guint number)
{
  static const char *const kinds[] = {
    [LEC_KIND_RTP] = "RTP",
    [LEC_KIND_TS] = N_ ("MPEG transport stream"),
    [LEC_KIND_MSB] = N_ ("Windows Media multicast"),
  };

  if (alternative->kind == LEC_KIND_URI) {
    print_uri (alternative, number);
    return;
  }
  g_print ("    %u. %s\n", number, _ (kinds[alternative->kind]));
  if (alternative->rtsp != NULL)
    print_phrase (6, _ ("asked for at %s"), alternative->rtsp->address);
  if (alternative->program != 0)
    print_phrase (6, _ ("program %u"), alternative->program);
  for (guint i = 0; i < alternative->streams->len; i++)
    print_stream (g_ptr_array_index (alternative->streams, i));
  if (alternative->msb != NULL)
    print_msb (alternative->msb);
}

static void
print_fact (const char *label, const char *fact)
{
  if (fact != NULL) {
    /* Translators: a property of a channel, and its value */
    print_phrase (4, _ ("%1$s: %2$s"), label, fact);
  }
}

static void
print_time (const char *label, gint64 time)
{
  g_autoptr (GDateTime) date = time != 0 ? g_date_time_new_from_unix_local (time) : NULL;
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%F %R %Z") : NULL;

  print_fact (label, text);
}

/* When it is on, and whether that is now; nothing for a channel that is always on. */
static void
print_schedule (const LecSchedule *schedule)
{
  static const char *const airings[] = { [LEC_AIRING_NOW] = N_ ("on now"),
                                         [LEC_AIRING_LATER] = N_ ("later"),
                                         [LEC_AIRING_ENDED] = N_ ("ended") };
  gint64 changes;
  LecAiring airing
      = lec_schedule_get_airing (schedule, g_get_real_time () / G_USEC_PER_SEC, &changes);

  if (schedule == NULL || (airing == LEC_AIRING_NOW && changes == 0))
    return;
  print_phrase (4, "%s", _ (airings[airing]));
  if (changes != 0)
    print_time (airing == LEC_AIRING_LATER ? _ ("next") : _ ("on until"), changes);
  print_time (_ ("begins"), lec_schedule_get_start (schedule));
  print_time (_ ("ends"), lec_schedule_get_end (schedule));
}

static void
print_flags (LecEntryFlags flags)
{
  if ((flags & LEC_ENTRY_INCLUDE) != 0)
    print_phrase (4, _ ("the channels of this list belong here:"));
  if ((flags & LEC_ENTRY_NO_SKIP) != 0)
    print_phrase (4, _ ("may not be skipped"));
}

static void
print_channel (const LecChannel *channel)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);

  g_print ("  %s\n", info->title);
  if (info->description != NULL)
    g_print ("    %s\n", info->description);
  print_fact (_ ("author"), info->author);
  print_fact (_ ("copyright"), info->copyright);
  print_fact (_ ("category"), info->category);
  print_fact (_ ("keywords"), info->keywords);
  print_fact (_ ("more"), info->more_info);
  print_fact (_ ("logo"), info->logo);
  for (guint i = 0; info->log_urls != NULL && info->log_urls[i] != NULL; i++)
    print_fact (_ ("requests reports to"), info->log_urls[i]);
  print_fact (_ ("email"), info->email);
  print_fact (_ ("phone"), info->phone);
  for (guint i = 0; info->details != NULL && info->details[i] != NULL; i += 2)
    print_fact (info->details[i], info->details[i + 1]);
  print_schedule (info->schedule);
  print_flags (info->flags);
  for (guint i = 0; i < info->alternatives->len; i++)
    print_alternative (g_ptr_array_index (info->alternatives, i), i + 1);
}

static void
print_event (const LecEvent *event)
{
  switch (event->when_done) {
  case LEC_WHEN_DONE_RESUME:
    print_phrase (2, _ ("event “%s”, then resume:"), event->name);
    break;
  case LEC_WHEN_DONE_NEXT:
    print_phrase (2, _ ("event “%s”, then the next channel:"), event->name);
    break;
  case LEC_WHEN_DONE_BREAK:
    print_phrase (2, _ ("event “%s”, then the end:"), event->name);
    break;
  }
  for (guint i = 0; i < event->channels->len; i++)
    print_channel (g_ptr_array_index (event->channels, i));
}

void
lec_announcement_print_text (const char *input, const LecAnnouncement *announcement)
{
  g_print ("%s (%s)\n", input, announcement->format);
  if (announcement->title != NULL && announcement->channels->len > 1)
    g_print (" “%s”\n", announcement->title);
  for (guint i = 0; i < announcement->channels->len; i++)
    print_channel (g_ptr_array_index (announcement->channels, i));
  if (announcement->repeat_to > announcement->repeat_from)
    print_phrase (2, _ ("channels %1$u to %2$u repeat forever"), announcement->repeat_from + 1,
                  announcement->repeat_to);
  for (guint i = 0; i < announcement->events->len; i++)
    print_event (g_ptr_array_index (announcement->events, i));
  for (guint i = 0; i < announcement->warnings->len; i++)
    print_phrase (2, _ ("note: %s"), (const char *) g_ptr_array_index (announcement->warnings, i));
}
