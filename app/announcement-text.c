/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announcement-text.h"

#include <string.h>

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
  g_autofree char *address = lec_address_format (leg->group, leg->port);

  g_print ("        %s", address);
  if (leg->ttl >= 0)
    g_print (" ttl %d", leg->ttl);
  print_list ("from", leg->sources);
  print_list ("not from", leg->excluded);
  if (leg->rtcp_group != NULL)
    g_print (" (RTCP %s %u)", leg->rtcp_group, leg->rtcp_port);
  else if (leg->rtcp_port != 0)
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
  g_autofree char *address = lec_address_format (repair->group, repair->port);

  g_print ("        repaired by %s on %s\n", schemes[repair->scheme], address);
}

/* With what a stream is encrypted; never the key. */
static void
print_keys (const GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    g_print ("        encrypted (%s)\n", ((const LecKey *) g_ptr_array_index (keys, i))->suite);
}

static void
print_reference (const LecReference *reference)
{
  static const char *const sources[] = {
    [LEC_REFERENCE_NTP] = "NTP",         [LEC_REFERENCE_PTP] = "PTP",
    [LEC_REFERENCE_GPS] = "GPS",         [LEC_REFERENCE_GALILEO] = "Galileo",
    [LEC_REFERENCE_GLONASS] = "GLONASS", [LEC_REFERENCE_LOCAL] = "its own",
    [LEC_REFERENCE_PRIVATE] = "private",
  };

  g_print ("        clock: %s", sources[reference->source]);
  if (reference->version != NULL)
    g_print (" (%s)", reference->version);
  if (reference->identity != NULL)
    g_print (" %s", reference->identity);
  if (reference->domain >= 0)
    g_print (" domain %d", reference->domain);
  g_print ("%s\n", reference->traceable ? ", traceable" : "");
}

static void
print_media_clock (const LecMediaClock *clock)
{
  switch (clock->kind) {
  case LEC_MEDIA_CLOCK_UNKNOWN:
    break;
  case LEC_MEDIA_CLOCK_SENDER:
    g_print ("        time stamps: of the station\n");
    break;
  case LEC_MEDIA_CLOCK_DIRECT:
    g_print ("        time stamps: of the clock, offset %" G_GUINT64_FORMAT "\n", clock->offset);
    break;
  case LEC_MEDIA_CLOCK_STREAM:
    g_print ("        time stamps: of another stream\n");
    break;
  }
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
  if (stream->content != NULL)
    g_print (" (%s)", stream->content);
  if (stream->language != NULL)
    g_print (" [%s]", stream->language);
  if (stream->bandwidth != 0)
    g_print (", %.*f Mbit/s", stream->bandwidth < 10000000 ? 2 : 0, stream->bandwidth / 1e6);
  if (stream->packet_time_us != 0)
    g_print (", packets of %g ms", (double) stream->packet_time_us / 1000);
  g_print ("\n");
  for (guint i = 0; i < stream->legs->len; i++)
    print_leg (g_ptr_array_index (stream->legs, i));
  for (guint i = 0; i < stream->payloads->len; i++)
    print_payload (g_ptr_array_index (stream->payloads, i));
  for (guint i = 0; i < stream->repairs->len; i++)
    print_repair (g_ptr_array_index (stream->repairs, i));
  print_keys (stream->keys);
  for (guint i = 0; i < stream->references->len; i++)
    print_reference (g_ptr_array_index (stream->references, i));
  print_media_clock (&stream->media_clock);
}

static void
print_msb (const LecMsb *msb)
{
  for (guint i = 0; i < msb->formats->len; i++) {
    const LecMsbFormat *format = g_ptr_array_index (msb->formats, i);

    g_print ("      format %u, header of %" G_GSIZE_FORMAT " bytes", format->id,
             g_bytes_get_size (format->header));
    if (format->description != NULL)
      g_print (" “%s”", format->description);
    g_print ("\n");
  }
  if (msb->source != NULL)
    g_print ("      sent from %s\n", msb->source);
  if (msb->fec_span != 0)
    g_print ("      parity after each %u packets\n", msb->fec_span);
  g_print ("      %u ms held against jitter\n", msb->buffer_ms);
  if (msb->log_url != NULL)
    g_print ("      asks for reports to %s\n", msb->log_url);
  if (!msb->may_split)
    g_print ("      may not be sent on to others\n");
  if (!msb->may_record)
    g_print ("      may not be recorded\n");
}

static void
print_uri (const LecAlternative *alternative, guint number)
{
  g_print ("    %u. %s", number, alternative->uri);
  if (alternative->start_marker != NULL)
    g_print (", from marker “%s”", alternative->start_marker);
  else if (alternative->start_us != 0)
    g_print (", from %g s", (double) alternative->start_us / G_USEC_PER_SEC);
  if (alternative->end_marker != NULL)
    g_print (", to marker “%s”", alternative->end_marker);
  else if (alternative->duration_us != 0)
    g_print (", for %g s", (double) alternative->duration_us / G_USEC_PER_SEC);
  g_print ("\n");
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
    print_uri (alternative, number);
    return;
  }
  g_print ("    %u. %s\n", number, kinds[alternative->kind]);
  for (guint i = 0; i < alternative->streams->len; i++)
    print_stream (g_ptr_array_index (alternative->streams, i));
  if (alternative->msb != NULL)
    print_msb (alternative->msb);
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

/* When it is on, and whether that is now; of what is on for ever nothing is said. */
static void
print_schedule (const LecSchedule *schedule)
{
  static const char *const airings[]
      = { [LEC_AIRING_NOW] = "on now", [LEC_AIRING_LATER] = "later", [LEC_AIRING_ENDED] = "ended" };
  gint64 changes;
  LecAiring airing
      = lec_schedule_get_airing (schedule, g_get_real_time () / G_USEC_PER_SEC, &changes);

  if (schedule == NULL || (airing == LEC_AIRING_NOW && changes == 0))
    return;
  print_fact ("", airings[airing]);
  if (changes != 0)
    print_time (airing == LEC_AIRING_LATER ? "next on " : "on until ", changes);
  print_time ("begins ", lec_schedule_get_start (schedule));
  print_time ("ends ", lec_schedule_get_end (schedule));
}

static void
print_flags (LecEntryFlags flags)
{
  if ((flags & LEC_ENTRY_INCLUDE) != 0)
    print_fact ("", "the channels of this list belong here:");
  if ((flags & LEC_ENTRY_NO_SKIP) != 0)
    print_fact ("", "may not be skipped");
}

static void
print_channel (const LecChannel *channel)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);

  g_print ("  %s\n", info->title);
  print_fact ("", info->description);
  print_fact ("by ", info->author);
  print_fact ("copyright ", info->copyright);
  print_fact ("under ", info->category);
  print_fact ("keywords ", info->keywords);
  print_fact ("see ", info->more_info);
  print_fact ("picture ", info->logo);
  print_fact ("mail ", info->email);
  print_fact ("phone ", info->phone);
  for (guint i = 0; info->details != NULL && info->details[i] != NULL; i += 2)
    g_print ("    %s: %s\n", info->details[i], info->details[i + 1]);
  print_schedule (info->schedule);
  print_flags (info->flags);
  for (guint i = 0; i < info->alternatives->len; i++)
    print_alternative (g_ptr_array_index (info->alternatives, i), i + 1);
}

static void
print_event (const LecEvent *event)
{
  static const char *const when_done[] = {
    [LEC_WHEN_DONE_RESUME] = "then back",
    [LEC_WHEN_DONE_NEXT] = "then the next channel",
    [LEC_WHEN_DONE_BREAK] = "then the end",
  };

  g_print ("  on the call “%s”, %s:\n", event->name, when_done[event->when_done]);
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
    g_print ("  channels %u to %u are repeated for ever\n", announcement->repeat_from + 1,
             announcement->repeat_to);
  for (guint i = 0; i < announcement->events->len; i++)
    print_event (g_ptr_array_index (announcement->events, i));
  for (guint i = 0; i < announcement->warnings->len; i++)
    g_print ("  note: %s\n", (const char *) g_ptr_array_index (announcement->warnings, i));
}
