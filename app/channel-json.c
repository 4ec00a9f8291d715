/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel-json.h"

#include "asf-format.h"
#include "channel/error.h"

/* Adds a text that may be hostile: JSON is UTF-8 or nothing. */
static void
set_text (JsonObject *object, const char *key, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return;
  valid = g_utf8_make_valid (text, -1);
  json_object_set_string_member (object, key, valid);
}

static void
set_texts (JsonObject *object, const char *key, GStrv texts)
{
  JsonArray *array;

  if (texts == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  json_object_set_array_member (object, key, array);
}

static void
set_time (JsonObject *object, const char *key, gint64 time)
{
  g_autoptr (GDateTime) date = time != 0 ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

  set_text (object, key, text);
}

typedef JsonObject *(*ToJson) (gconstpointer item);

/* One object an item; nothing for no items. */
static void
set_items (JsonObject *object, const char *key, const GPtrArray *items, ToJson to_json)
{
  JsonArray *array;

  if (items->len == 0)
    return;
  array = json_array_new ();
  for (guint i = 0; i < items->len; i++)
    json_array_add_object_element (array, to_json (g_ptr_array_index (items, i)));
  json_object_set_array_member (object, key, array);
}

/* The first of a name counts, as it does for lec_payload_get_parameter(). */
static JsonObject *
pairs_to_json (GStrv pairs)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; pairs[i] != NULL; i += 2) {
    if (!json_object_has_member (object, pairs[i]))
      set_text (object, pairs[i], pairs[i + 1]);
  }
  return object;
}

static void
set_pairs (JsonObject *object, const char *key, GStrv pairs)
{
  if (pairs != NULL)
    json_object_set_object_member (object, key, pairs_to_json (pairs));
}

/* A number that is not said has no key. */
static void
set_number (JsonObject *object, const char *key, gint64 number, gint64 not_said)
{
  if (number != not_said)
    json_object_set_int_member (object, key, number);
}

static JsonObject *
leg_to_json (const LecLeg *leg)
{
  JsonObject *object = json_object_new ();

  set_text (object, "group", leg->group);
  json_object_set_int_member (object, "port", leg->port);
  set_text (object, "interface", leg->interface);
  set_text (object, "rtcp-group", leg->rtcp_group);
  set_number (object, "ttl", leg->ttl, -1);
  set_texts (object, "sources", leg->sources);
  set_texts (object, "excluded", leg->excluded);
  set_number (object, "rtcp-port", leg->rtcp_port, 0);
  return object;
}

static JsonObject *
payload_to_json (const LecPayload *payload)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "payload", payload->payload);
  set_text (object, "encoding", payload->encoding);
  json_object_set_int_member (object, "clock-rate", payload->clock_rate);
  set_number (object, "channels", payload->channels, 0);
  set_pairs (object, "parameters", payload->parameters);
  return object;
}

static JsonObject *
repair_to_json (const LecRepair *repair)
{
  static const char *const schemes[] = {
    [LEC_REPAIR_ULPFEC] = "ulpfec",
    [LEC_REPAIR_FLEXFEC] = "flexfec",
    [LEC_REPAIR_2022_1] = "2022-1",
    [LEC_REPAIR_RTX] = "rtx",
  };
  JsonObject *object = json_object_new ();

  set_text (object, "scheme", schemes[repair->scheme]);
  set_text (object, "group", repair->group);
  json_object_set_int_member (object, "port", repair->port);
  set_texts (object, "sources", repair->sources);
  set_texts (object, "excluded", repair->excluded);
  set_number (object, "payload", repair->payload, -1);
  set_number (object, "clock-rate", repair->clock_rate, 0);
  set_pairs (object, "parameters", repair->parameters);
  return object;
}

static JsonObject *
reference_to_json (const LecReference *reference)
{
  static const char *const sources[] = {
    [LEC_REFERENCE_NTP] = "ntp",         [LEC_REFERENCE_PTP] = "ptp",
    [LEC_REFERENCE_GPS] = "gps",         [LEC_REFERENCE_GALILEO] = "galileo",
    [LEC_REFERENCE_GLONASS] = "glonass", [LEC_REFERENCE_LOCAL] = "local",
    [LEC_REFERENCE_PRIVATE] = "private",
  };
  JsonObject *object = json_object_new ();

  set_text (object, "source", sources[reference->source]);
  set_text (object, "version", reference->version);
  set_text (object, "identity", reference->identity);
  set_number (object, "domain", reference->domain, -1);
  if (reference->traceable)
    json_object_set_boolean_member (object, "traceable", TRUE);
  return object;
}

static void
set_media_clock (JsonObject *object, const LecMediaClock *clock)
{
  static const char *const kinds[] = {
    [LEC_MEDIA_CLOCK_UNKNOWN] = NULL,
    [LEC_MEDIA_CLOCK_SENDER] = "sender",
    [LEC_MEDIA_CLOCK_DIRECT] = "direct",
    [LEC_MEDIA_CLOCK_STREAM] = "stream",
  };
  JsonObject *member;

  if (clock->kind == LEC_MEDIA_CLOCK_UNKNOWN)
    return;
  member = json_object_new ();
  set_text (member, "kind", kinds[clock->kind]);
  if (clock->kind == LEC_MEDIA_CLOCK_DIRECT)
    json_object_set_int_member (member, "offset", (gint64) clock->offset);
  if (clock->stream_id != 0) {
    g_autofree char *id = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", clock->stream_id);

    set_text (member, "stream", id); /* more than a number of JSON holds */
  }
  if (clock->rate_denominator != 0)
    json_object_set_double_member (member, "rate",
                                   (double) clock->rate_numerator / clock->rate_denominator);
  json_object_set_object_member (object, "media-clock", member);
}

/* How a stream is encrypted; never with what. */
static void
set_encryption (JsonObject *object, const GPtrArray *keys)
{
  JsonArray *suites;

  if (keys->len == 0)
    return;
  suites = json_array_new ();
  for (guint i = 0; i < keys->len; i++)
    json_array_add_string_element (suites, ((const LecKey *) g_ptr_array_index (keys, i))->suite);
  json_object_set_array_member (object, "encryption", suites);
}

static JsonObject *
stream_to_json (const LecStream *stream)
{
  static const char *const media[] = {
    [LEC_MEDIA_VIDEO] = "video",
    [LEC_MEDIA_AUDIO] = "audio",
    [LEC_MEDIA_TEXT] = "text",
    [LEC_MEDIA_APPLICATION] = "application",
  };
  JsonObject *object = json_object_new ();

  set_text (object, "media", media[stream->media]);
  set_text (object, "language", stream->language);
  set_text (object, "label", stream->label);
  set_text (object, "content", stream->content);
  set_number (object, "sync-group", stream->sync_group, 0);
  set_number (object, "bandwidth", stream->bandwidth, 0);
  set_number (object, "rtcp-senders", stream->rtcp_senders, -1);
  set_number (object, "rtcp-receivers", stream->rtcp_receivers, -1);
  if (stream->packet_time_us != 0)
    json_object_set_double_member (object, "packet-ms", (double) stream->packet_time_us / 1000);
  set_encryption (object, stream->keys);
  set_items (object, "reference-clocks", stream->references, (ToJson) reference_to_json);
  set_media_clock (object, &stream->media_clock);
  set_items (object, "legs", stream->legs, (ToJson) leg_to_json);
  set_items (object, "payloads", stream->payloads, (ToJson) payload_to_json);
  set_items (object, "repair", stream->repairs, (ToJson) repair_to_json);
  set_text (object, "feedback", stream->feedback.nack ? "nack" : NULL);
  set_text (object, "feedback-target", stream->feedback.target);
  set_number (object, "feedback-port", stream->feedback.port, 0);
  return object;
}

static JsonObject *
format_to_json (const LecMsbFormat *format)
{
  JsonObject *object = json_object_new ();
  guint packet_size;
  guint64 preroll_ms;
  g_auto (GStrv) codecs = lec_asf_format_dup_codecs (format->header, &packet_size, &preroll_ms);

  json_object_set_int_member (object, "id", format->id);
  set_number (object, "packet-size", packet_size, 0);
  set_number (object, "preroll-ms", (gint64) preroll_ms, 0);
  set_texts (object, "codecs", codecs);
  return object;
}

static void
set_formats (JsonObject *object, const GPtrArray *formats)
{
  JsonArray *ids = json_array_new ();
  JsonObject *descriptions = json_object_new ();

  for (guint i = 0; i < formats->len; i++) {
    const LecMsbFormat *format = g_ptr_array_index (formats, i);
    g_autofree char *name = g_strdup_printf ("%u", format->id);

    json_array_add_int_element (ids, format->id);
    set_text (descriptions, name, format->description);
  }
  json_object_set_array_member (object, "format-ids", ids);
  set_items (object, "formats", formats, (ToJson) format_to_json);
  if (json_object_get_size (descriptions) > 0)
    json_object_set_object_member (object, "descriptions", json_object_ref (descriptions));
  json_object_unref (descriptions);
}

static JsonObject *
msb_to_json (const LecMsb *msb)
{
  JsonObject *object = json_object_new ();

  set_formats (object, msb->formats);
  set_text (object, "source", msb->source);
  set_number (object, "fec-span", msb->fec_span, 0);
  set_number (object, "buffer-ms", msb->buffer_ms, 0);
  set_text (object, "log-url", msb->log_url);
  json_object_set_boolean_member (object, "may-split", msb->may_split);
  json_object_set_boolean_member (object, "may-record", msb->may_record);
  set_number (object, "expires", msb->expires_s, 0);
  return object;
}

static JsonObject *
alternative_to_json (const LecAlternative *alternative)
{
  static const char *const kinds[] = {
    [LEC_KIND_RTP] = "rtp",
    [LEC_KIND_TS] = "ts",
    [LEC_KIND_MSB] = "msb",
    [LEC_KIND_URI] = "uri",
  };
  JsonObject *object = json_object_new ();

  set_text (object, "kind", kinds[alternative->kind]);
  set_items (object, "streams", alternative->streams, (ToJson) stream_to_json);
  set_number (object, "program", alternative->program, 0);
  if (alternative->msb != NULL)
    json_object_set_object_member (object, "msb", msb_to_json (alternative->msb));
  if (alternative->kind == LEC_KIND_URI) {
    g_autofree char *address = lec_alternative_dup_address (alternative);

    set_text (object, "uri", address);
  }
  if (alternative->rtsp != NULL)
    set_text (object, "rtsp", alternative->rtsp->address);
  if (alternative->start_us != 0 || alternative->duration_us != 0)
    json_object_set_double_member (object, "start",
                                   (double) alternative->start_us / G_USEC_PER_SEC);
  if (alternative->duration_us != 0)
    json_object_set_double_member (object, "duration",
                                   (double) alternative->duration_us / G_USEC_PER_SEC);
  set_text (object, "start-marker", alternative->start_marker);
  set_text (object, "end-marker", alternative->end_marker);
  return object;
}

static JsonObject *
repeat_to_json (const LecRepeat *repeat)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "interval", repeat->interval_s);
  json_object_set_int_member (object, "duration", repeat->duration_s);
  json_object_set_int_member (object, "offset", repeat->offset_s);
  return object;
}

static JsonObject *
period_to_json (const LecPeriod *period)
{
  JsonObject *object = json_object_new ();
  JsonArray *repeats;

  set_time (object, "starts", period->starts);
  set_time (object, "ends", period->ends);
  if (period->repeats->len == 0)
    return object;
  repeats = json_array_new ();
  for (guint i = 0; i < period->repeats->len; i++)
    json_array_add_object_element (repeats,
                                   repeat_to_json (&g_array_index (period->repeats, LecRepeat, i)));
  json_object_set_array_member (object, "repeats", repeats);
  return object;
}

/* When it is on; what is on for ever has nothing to say. */
static void
set_schedule (JsonObject *object, const LecSchedule *schedule)
{
  static const char *const airings[] = {
    [LEC_AIRING_NOW] = "now",
    [LEC_AIRING_LATER] = "later",
    [LEC_AIRING_ENDED] = "ended",
  };
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 changes;
  LecAiring airing = lec_schedule_get_airing (schedule, now, &changes);

  set_time (object, "starts", lec_schedule_get_start (schedule));
  set_time (object, "ends", lec_schedule_get_end (schedule));
  if (schedule == NULL || (airing == LEC_AIRING_NOW && changes == 0))
    return;
  set_items (object, "schedule", schedule->periods, (ToJson) period_to_json);
  set_text (object, "airing", airings[airing]);
  set_time (object, airing == LEC_AIRING_LATER ? "next" : "until", changes);
}

JsonObject *
lec_channel_to_json (const LecChannel *channel)
{
  const LecChannelInfo *info = lec_channel_get_info (channel);
  JsonObject *object = json_object_new ();

  set_text (object, "id", info->id);
  set_text (object, "title", info->title);
  set_text (object, "description", info->description);
  set_text (object, "author", info->author);
  set_text (object, "copyright", info->copyright);
  set_text (object, "email", info->email);
  set_text (object, "phone", info->phone);
  set_text (object, "category", info->category);
  set_text (object, "keywords", info->keywords);
  set_text (object, "more-info", info->more_info);
  set_text (object, "logo", info->logo);
  set_texts (object, "log-urls", info->log_urls);
  set_pairs (object, "details", info->details);
  if ((info->flags & LEC_ENTRY_NO_SKIP) != 0)
    json_object_set_boolean_member (object, "may-skip", FALSE);
  set_schedule (object, info->schedule);
  set_items (object, "alternatives", info->alternatives, (ToJson) alternative_to_json);
  return object;
}

JsonObject *
lec_error_to_json (const GError *error)
{
  JsonObject *object = json_object_new ();

  set_text (object, "code", lec_error_get_name (error));
  set_text (object, "message", error->message);
  return object;
}

char *
lec_json_print (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}
