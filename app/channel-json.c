/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel-json.h"

#include "wire/error.h"

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

static JsonObject *
leg_to_json (const LecLeg *leg)
{
  JsonObject *object = json_object_new ();

  set_text (object, "group", leg->group);
  json_object_set_int_member (object, "port", leg->port);
  if (leg->ttl >= 0)
    json_object_set_int_member (object, "ttl", leg->ttl);
  set_texts (object, "sources", leg->sources);
  set_texts (object, "excluded", leg->excluded);
  if (leg->rtcp_port != 0)
    json_object_set_int_member (object, "rtcp-port", leg->rtcp_port);
  return object;
}

/* The first of a name counts, as it does for lec_payload_get_parameter(). */
static JsonObject *
parameters_to_json (GStrv parameters)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; parameters[i] != NULL; i += 2) {
    if (!json_object_has_member (object, parameters[i]))
      set_text (object, parameters[i], parameters[i + 1]);
  }
  return object;
}

static JsonObject *
payload_to_json (const LecPayload *payload)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "payload", payload->payload);
  set_text (object, "encoding", payload->encoding);
  json_object_set_int_member (object, "clock-rate", payload->clock_rate);
  if (payload->channels != 0)
    json_object_set_int_member (object, "channels", payload->channels);
  if (payload->parameters != NULL)
    json_object_set_object_member (object, "parameters", parameters_to_json (payload->parameters));
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
  return object;
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
  set_items (object, "legs", stream->legs, (ToJson) leg_to_json);
  set_items (object, "payloads", stream->payloads, (ToJson) payload_to_json);
  set_items (object, "repair", stream->repairs, (ToJson) repair_to_json);
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
  set_text (object, "uri", alternative->uri);
  if (alternative->start_us != 0 || alternative->duration_us != 0)
    json_object_set_double_member (object, "start",
                                   (double) alternative->start_us / G_USEC_PER_SEC);
  if (alternative->duration_us != 0)
    json_object_set_double_member (object, "duration",
                                   (double) alternative->duration_us / G_USEC_PER_SEC);
  return object;
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
  set_text (object, "more-info", info->more_info);
  set_time (object, "starts", info->starts);
  set_time (object, "ends", info->ends);
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
