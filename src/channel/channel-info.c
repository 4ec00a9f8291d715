/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/channel-info.h"

#include <string.h>

static void
leg_free (LecLeg *leg)
{
  g_free (leg->group);
  g_free (leg->rtcp_group);
  g_strfreev (leg->sources);
  g_strfreev (leg->excluded);
  g_free (leg);
}

static void
payload_free (LecPayload *payload)
{
  g_free (payload->encoding);
  g_strfreev (payload->parameters);
  g_free (payload);
}

static void
repair_free (LecRepair *repair)
{
  g_free (repair->group);
  g_strfreev (repair->sources);
  g_strfreev (repair->excluded);
  g_strfreev (repair->parameters);
  g_free (repair);
}

static void
key_free (LecKey *key)
{
  g_free (key->suite);
  g_bytes_unref (key->key);
  g_clear_pointer (&key->mki, g_bytes_unref);
  g_free (key);
}

static void
reference_free (LecReference *reference)
{
  g_free (reference->version);
  g_free (reference->identity);
  g_free (reference);
}

static void
stream_free (LecStream *stream)
{
  g_free (stream->language);
  g_free (stream->label);
  g_free (stream->content);
  g_ptr_array_unref (stream->legs);
  g_ptr_array_unref (stream->payloads);
  g_ptr_array_unref (stream->repairs);
  g_ptr_array_unref (stream->keys);
  g_ptr_array_unref (stream->references);
  g_free (stream);
}

static void
format_free (LecMsbFormat *format)
{
  g_bytes_unref (format->header);
  g_free (format->description);
  g_free (format);
}

static void
msb_free (LecMsb *msb)
{
  g_ptr_array_unref (msb->formats);
  g_free (msb->source);
  g_free (msb->log_url);
  g_free (msb);
}

static void
alternative_free (LecAlternative *alternative)
{
  g_ptr_array_unref (alternative->streams);
  g_clear_pointer (&alternative->msb, msb_free);
  g_free (alternative->uri);
  g_free (alternative->start_marker);
  g_free (alternative->end_marker);
  g_free (alternative);
}

LecChannelInfo *
lec_channel_info_new (void)
{
  LecChannelInfo *info = g_new0 (LecChannelInfo, 1);

  info->alternatives = g_ptr_array_new_with_free_func ((GDestroyNotify) alternative_free);
  return info;
}

void
lec_channel_info_free (LecChannelInfo *info)
{
  if (info == NULL)
    return;

  g_free (info->id);
  g_free (info->title);
  g_free (info->description);
  g_free (info->author);
  g_free (info->copyright);
  g_free (info->email);
  g_free (info->phone);
  g_free (info->category);
  g_free (info->keywords);
  g_free (info->more_info);
  g_free (info->logo);
  g_free (info->origin);
  g_strfreev (info->details);
  lec_schedule_free (info->schedule);
  g_ptr_array_unref (info->alternatives);
  g_free (info);
}

LecAlternative *
lec_channel_info_add_alternative (LecChannelInfo *info, LecKind kind)
{
  LecAlternative *alternative = g_new0 (LecAlternative, 1);

  alternative->kind = kind;
  alternative->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) stream_free);
  g_ptr_array_add (info->alternatives, alternative);
  return alternative;
}

LecStream *
lec_alternative_add_stream (LecAlternative *alternative, LecMedia media)
{
  LecStream *stream = g_new0 (LecStream, 1);

  stream->media = media;
  stream->rtcp_senders = -1;
  stream->rtcp_receivers = -1;
  stream->legs = g_ptr_array_new_with_free_func ((GDestroyNotify) leg_free);
  stream->payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) payload_free);
  stream->repairs = g_ptr_array_new_with_free_func ((GDestroyNotify) repair_free);
  stream->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) key_free);
  stream->references = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  g_ptr_array_add (alternative->streams, stream);
  return stream;
}

LecLeg *
lec_stream_add_leg (LecStream *stream, const char *group, guint16 port)
{
  LecLeg *leg = g_new0 (LecLeg, 1);

  leg->group = g_strdup (group);
  leg->port = port;
  leg->ttl = -1;
  g_ptr_array_add (stream->legs, leg);
  return leg;
}

LecPayload *
lec_stream_add_payload (LecStream *stream, guint number, const char *encoding, guint clock_rate)
{
  LecPayload *payload = g_new0 (LecPayload, 1);

  payload->payload = number;
  payload->encoding = g_strdup (encoding);
  payload->clock_rate = clock_rate;
  g_ptr_array_add (stream->payloads, payload);
  return payload;
}

LecRepair *
lec_stream_add_repair (LecStream *stream, LecRepairScheme scheme, const char *group, guint16 port)
{
  LecRepair *repair = g_new0 (LecRepair, 1);

  repair->scheme = scheme;
  repair->group = g_strdup (group);
  repair->port = port;
  repair->payload = -1;
  g_ptr_array_add (stream->repairs, repair);
  return repair;
}

LecReference *
lec_stream_add_reference (LecStream *stream, LecReferenceSource source)
{
  LecReference *reference = g_new0 (LecReference, 1);

  reference->source = source;
  reference->domain = -1;
  g_ptr_array_add (stream->references, reference);
  return reference;
}

void
lec_stream_add_key (LecStream *stream, const char *suite, GBytes *bytes, GBytes *mki)
{
  LecKey *key = g_new0 (LecKey, 1);

  key->suite = g_strdup (suite);
  key->key = bytes;
  key->mki = mki;
  g_ptr_array_add (stream->keys, key);
}

static LecMsb *
get_msb (LecAlternative *alternative)
{
  if (alternative->msb == NULL) {
    alternative->msb = g_new0 (LecMsb, 1);
    alternative->msb->formats = g_ptr_array_new_with_free_func ((GDestroyNotify) format_free);
    alternative->msb->may_split = TRUE;
    alternative->msb->may_record = TRUE;
  }
  return alternative->msb;
}

LecMsbFormat *
lec_alternative_add_format (LecAlternative *alternative, guint id, GBytes *header)
{
  LecMsbFormat *format = g_new0 (LecMsbFormat, 1);

  format->id = id;
  format->header = header;
  g_ptr_array_add (get_msb (alternative)->formats, format);
  return format;
}

guint64
lec_alternative_get_bandwidth (const LecAlternative *alternative)
{
  guint64 bandwidth = 0;

  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    bandwidth += (guint64) stream->bandwidth * stream->legs->len;
  }
  return bandwidth;
}

void
lec_channel_info_add_detail (LecChannelInfo *info, const char *name, const char *value)
{
  guint length = info->details != NULL ? g_strv_length (info->details) : 0;

  info->details = g_renew (char *, info->details, length + 3);
  info->details[length] = g_strdup (name);
  info->details[length + 1] = g_strdup (value);
  info->details[length + 2] = NULL;
}

const char *
lec_payload_get_parameter (const LecPayload *payload, const char *name)
{
  for (guint i = 0; payload->parameters != NULL && payload->parameters[i] != NULL; i += 2) {
    if (g_ascii_strcasecmp (payload->parameters[i], name) == 0)
      return payload->parameters[i + 1];
  }
  return NULL;
}

static void
copy_leg (LecStream *to, const LecLeg *leg)
{
  LecLeg *copy = lec_stream_add_leg (to, leg->group, leg->port);

  copy->rtcp_group = g_strdup (leg->rtcp_group);
  copy->rtcp_port = leg->rtcp_port;
  copy->ttl = leg->ttl;
  copy->sources = g_strdupv (leg->sources);
  copy->excluded = g_strdupv (leg->excluded);
}

static void
copy_payload (LecStream *to, const LecPayload *payload)
{
  LecPayload *copy
      = lec_stream_add_payload (to, payload->payload, payload->encoding, payload->clock_rate);

  copy->channels = payload->channels;
  copy->parameters = g_strdupv (payload->parameters);
}

static void
copy_repair (LecStream *to, const LecRepair *repair)
{
  LecRepair *copy = lec_stream_add_repair (to, repair->scheme, repair->group, repair->port);

  copy->sources = g_strdupv (repair->sources);
  copy->excluded = g_strdupv (repair->excluded);
  copy->payload = repair->payload;
  copy->clock_rate = repair->clock_rate;
  copy->parameters = g_strdupv (repair->parameters);
}

static void
copy_reference (LecStream *to, const LecReference *reference)
{
  LecReference *copy = lec_stream_add_reference (to, reference->source);

  copy->version = g_strdup (reference->version);
  copy->identity = g_strdup (reference->identity);
  copy->domain = reference->domain;
  copy->traceable = reference->traceable;
}

static void
copy_key (LecStream *to, const LecKey *key)
{
  lec_stream_add_key (to, key->suite, g_bytes_ref (key->key),
                      key->mki != NULL ? g_bytes_ref (key->mki) : NULL);
}

static void
copy_stream (LecAlternative *to, const LecStream *from)
{
  LecStream *stream = lec_alternative_add_stream (to, from->media);

  stream->language = g_strdup (from->language);
  stream->label = g_strdup (from->label);
  stream->content = g_strdup (from->content);
  stream->sync_group = from->sync_group;
  stream->bandwidth = from->bandwidth;
  stream->rtcp_senders = from->rtcp_senders;
  stream->rtcp_receivers = from->rtcp_receivers;
  stream->packet_time_us = from->packet_time_us;
  stream->media_clock = from->media_clock;
  for (guint i = 0; i < from->legs->len; i++)
    copy_leg (stream, g_ptr_array_index (from->legs, i));
  for (guint i = 0; i < from->payloads->len; i++)
    copy_payload (stream, g_ptr_array_index (from->payloads, i));
  for (guint i = 0; i < from->repairs->len; i++)
    copy_repair (stream, g_ptr_array_index (from->repairs, i));
  for (guint i = 0; i < from->keys->len; i++)
    copy_key (stream, g_ptr_array_index (from->keys, i));
  for (guint i = 0; i < from->references->len; i++)
    copy_reference (stream, g_ptr_array_index (from->references, i));
}

static void
copy_msb (LecAlternative *to, const LecMsb *from)
{
  for (guint i = 0; i < from->formats->len; i++) {
    const LecMsbFormat *format = g_ptr_array_index (from->formats, i);

    lec_alternative_add_format (to, format->id, g_bytes_ref (format->header))->description
        = g_strdup (format->description);
  }
  get_msb (to)->source = g_strdup (from->source);
  to->msb->fec_span = from->fec_span;
  to->msb->buffer_ms = from->buffer_ms;
  to->msb->log_url = g_strdup (from->log_url);
  to->msb->may_split = from->may_split;
  to->msb->may_record = from->may_record;
  to->msb->expires_s = from->expires_s;
}

static void
copy_alternative (LecChannelInfo *to, const LecAlternative *from)
{
  LecAlternative *alternative = lec_channel_info_add_alternative (to, from->kind);

  alternative->uri = g_strdup (from->uri);
  alternative->start_us = from->start_us;
  alternative->duration_us = from->duration_us;
  alternative->start_marker = g_strdup (from->start_marker);
  alternative->end_marker = g_strdup (from->end_marker);
  for (guint i = 0; i < from->streams->len; i++)
    copy_stream (alternative, g_ptr_array_index (from->streams, i));
  if (from->msb != NULL)
    copy_msb (alternative, from->msb);
}

LecChannelInfo *
lec_channel_info_copy (const LecChannelInfo *from)
{
  LecChannelInfo *info = lec_channel_info_new ();

  info->id = g_strdup (from->id);
  info->title = g_strdup (from->title);
  info->description = g_strdup (from->description);
  info->author = g_strdup (from->author);
  info->copyright = g_strdup (from->copyright);
  info->email = g_strdup (from->email);
  info->phone = g_strdup (from->phone);
  info->category = g_strdup (from->category);
  info->keywords = g_strdup (from->keywords);
  info->more_info = g_strdup (from->more_info);
  info->logo = g_strdup (from->logo);
  info->origin = g_strdup (from->origin);
  info->details = g_strdupv (from->details);
  info->schedule = lec_schedule_copy (from->schedule);
  info->flags = from->flags;
  for (guint i = 0; i < from->alternatives->len; i++)
    copy_alternative (info, g_ptr_array_index (from->alternatives, i));
  return info;
}

static gboolean
text_equal (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

static gboolean
strv_equal (GStrv a, GStrv b)
{
  static const char *const nothing[] = { NULL };

  return g_strv_equal (a != NULL ? (const char *const *) a : nothing,
                       b != NULL ? (const char *const *) b : nothing);
}

static gboolean
bytes_equal (GBytes *a, GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

static gboolean
leg_equal (const LecLeg *a, const LecLeg *b)
{
  return text_equal (a->group, b->group) && a->port == b->port
         && text_equal (a->rtcp_group, b->rtcp_group) && a->rtcp_port == b->rtcp_port
         && a->ttl == b->ttl && strv_equal (a->sources, b->sources)
         && strv_equal (a->excluded, b->excluded);
}

static gboolean
payload_equal (const LecPayload *a, const LecPayload *b)
{
  return a->payload == b->payload && text_equal (a->encoding, b->encoding)
         && a->clock_rate == b->clock_rate && a->channels == b->channels
         && strv_equal (a->parameters, b->parameters);
}

static gboolean
repair_equal (const LecRepair *a, const LecRepair *b)
{
  return a->scheme == b->scheme && text_equal (a->group, b->group) && a->port == b->port
         && strv_equal (a->sources, b->sources) && strv_equal (a->excluded, b->excluded)
         && a->payload == b->payload && a->clock_rate == b->clock_rate
         && strv_equal (a->parameters, b->parameters);
}

static gboolean
key_equal (const LecKey *a, const LecKey *b)
{
  return text_equal (a->suite, b->suite) && bytes_equal (a->key, b->key)
         && bytes_equal (a->mki, b->mki);
}

static gboolean
reference_equal (const LecReference *a, const LecReference *b)
{
  return a->source == b->source && text_equal (a->version, b->version)
         && text_equal (a->identity, b->identity) && a->domain == b->domain
         && a->traceable == b->traceable;
}

static gboolean
media_clock_equal (const LecMediaClock *a, const LecMediaClock *b)
{
  return a->kind == b->kind && a->offset == b->offset && a->stream_id == b->stream_id
         && a->rate_numerator == b->rate_numerator && a->rate_denominator == b->rate_denominator;
}

typedef gboolean (*EqualFunc) (gconstpointer a, gconstpointer b);

static gboolean
array_equal (const GPtrArray *a, const GPtrArray *b, EqualFunc equal)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    if (!equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
stream_equal (const LecStream *a, const LecStream *b)
{
  return a->media == b->media && text_equal (a->language, b->language)
         && text_equal (a->label, b->label) && text_equal (a->content, b->content)
         && a->sync_group == b->sync_group && a->bandwidth == b->bandwidth
         && a->rtcp_senders == b->rtcp_senders && a->rtcp_receivers == b->rtcp_receivers
         && a->packet_time_us == b->packet_time_us
         && media_clock_equal (&a->media_clock, &b->media_clock)
         && array_equal (a->legs, b->legs, (EqualFunc) leg_equal)
         && array_equal (a->payloads, b->payloads, (EqualFunc) payload_equal)
         && array_equal (a->repairs, b->repairs, (EqualFunc) repair_equal)
         && array_equal (a->keys, b->keys, (EqualFunc) key_equal)
         && array_equal (a->references, b->references, (EqualFunc) reference_equal);
}

static gboolean
format_equal (const LecMsbFormat *a, const LecMsbFormat *b)
{
  return a->id == b->id && bytes_equal (a->header, b->header)
         && text_equal (a->description, b->description);
}

static gboolean
msb_equal (const LecMsb *a, const LecMsb *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return array_equal (a->formats, b->formats, (EqualFunc) format_equal)
         && text_equal (a->source, b->source) && a->fec_span == b->fec_span
         && a->buffer_ms == b->buffer_ms && text_equal (a->log_url, b->log_url)
         && a->may_split == b->may_split && a->may_record == b->may_record
         && a->expires_s == b->expires_s;
}

static gboolean
alternative_equal (const LecAlternative *a, const LecAlternative *b)
{
  return a->kind == b->kind && text_equal (a->uri, b->uri) && a->start_us == b->start_us
         && a->duration_us == b->duration_us && text_equal (a->start_marker, b->start_marker)
         && text_equal (a->end_marker, b->end_marker) && msb_equal (a->msb, b->msb)
         && array_equal (a->streams, b->streams, (EqualFunc) stream_equal);
}

gboolean
lec_channel_info_equal (const LecChannelInfo *a, const LecChannelInfo *b)
{
  return text_equal (a->id, b->id) && text_equal (a->title, b->title)
         && text_equal (a->description, b->description) && text_equal (a->author, b->author)
         && text_equal (a->copyright, b->copyright) && text_equal (a->email, b->email)
         && text_equal (a->phone, b->phone) && text_equal (a->category, b->category)
         && text_equal (a->keywords, b->keywords) && text_equal (a->more_info, b->more_info)
         && text_equal (a->logo, b->logo) && text_equal (a->origin, b->origin)
         && strv_equal (a->details, b->details) && lec_schedule_equal (a->schedule, b->schedule)
         && a->flags == b->flags
         && array_equal (a->alternatives, b->alternatives, (EqualFunc) alternative_equal);
}
