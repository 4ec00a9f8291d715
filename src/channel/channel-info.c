/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/channel-info.h"

#include "channel/schedule-shape.h"

static const LecField leg_fields[] = {
  LEC_FIELD (LecLeg, group, TEXT),      LEC_FIELD (LecLeg, port, PLAIN),
  LEC_FIELD (LecLeg, rtcp_group, TEXT), LEC_FIELD (LecLeg, rtcp_port, PLAIN),
  LEC_FIELD (LecLeg, ttl, PLAIN),       LEC_FIELD (LecLeg, interface, TEXT),
  LEC_FIELD (LecLeg, sources, TEXTS),   LEC_FIELD (LecLeg, excluded, TEXTS),
};
LEC_DEFINE_SHAPE (leg, LecLeg)

static const LecField payload_fields[] = {
  LEC_FIELD (LecPayload, payload, PLAIN),    LEC_FIELD (LecPayload, encoding, TEXT),
  LEC_FIELD (LecPayload, clock_rate, PLAIN), LEC_FIELD (LecPayload, channels, PLAIN),
  LEC_FIELD (LecPayload, parameters, TEXTS),
};
LEC_DEFINE_SHAPE (payload, LecPayload)

static const LecField repair_fields[] = {
  LEC_FIELD (LecRepair, scheme, PLAIN),     LEC_FIELD (LecRepair, group, TEXT),
  LEC_FIELD (LecRepair, port, PLAIN),       LEC_FIELD (LecRepair, sources, TEXTS),
  LEC_FIELD (LecRepair, excluded, TEXTS),   LEC_FIELD (LecRepair, payload, PLAIN),
  LEC_FIELD (LecRepair, clock_rate, PLAIN), LEC_FIELD (LecRepair, parameters, TEXTS),
};
LEC_DEFINE_SHAPE (repair, LecRepair)

static const LecField key_fields[] = {
  LEC_FIELD (LecKey, suite, TEXT),
  LEC_FIELD (LecKey, key, BYTES),
  LEC_FIELD (LecKey, mki, BYTES),
};
LEC_DEFINE_SHAPE (key, LecKey)

static const LecField reference_fields[] = {
  LEC_FIELD (LecReference, source, PLAIN),    LEC_FIELD (LecReference, version, TEXT),
  LEC_FIELD (LecReference, identity, TEXT),   LEC_FIELD (LecReference, domain, PLAIN),
  LEC_FIELD (LecReference, traceable, PLAIN),
};
LEC_DEFINE_SHAPE (reference, LecReference)

static const LecField stream_fields[] = {
  LEC_FIELD (LecStream, media, PLAIN),
  LEC_FIELD (LecStream, language, TEXT),
  LEC_FIELD (LecStream, label, TEXT),
  LEC_FIELD (LecStream, content, TEXT),
  LEC_FIELD (LecStream, control, TEXT),
  LEC_FIELD (LecStream, sync_group, PLAIN),
  LEC_FIELD (LecStream, bandwidth, PLAIN),
  LEC_FIELD (LecStream, rtcp_senders, PLAIN),
  LEC_FIELD (LecStream, rtcp_receivers, PLAIN),
  LEC_FIELD (LecStream, packet_time_us, PLAIN),
  LEC_FIELD_OF (LecStream, legs, ARRAY, &leg_shape),
  LEC_FIELD_OF (LecStream, payloads, ARRAY, &payload_shape),
  LEC_FIELD_OF (LecStream, repairs, ARRAY, &repair_shape),
  LEC_FIELD_OF (LecStream, keys, ARRAY, &key_shape),
  LEC_FIELD_OF (LecStream, references, ARRAY, &reference_shape),
  LEC_FIELD (LecStream, media_clock.kind, PLAIN),
  LEC_FIELD (LecStream, media_clock.offset, PLAIN),
  LEC_FIELD (LecStream, media_clock.stream_id, PLAIN),
  LEC_FIELD (LecStream, media_clock.rate_numerator, PLAIN),
  LEC_FIELD (LecStream, media_clock.rate_denominator, PLAIN),
  LEC_FIELD (LecStream, feedback.nack, PLAIN),
  LEC_FIELD (LecStream, feedback.target, TEXT),
  LEC_FIELD (LecStream, feedback.port, PLAIN),
};
LEC_DEFINE_SHAPE (stream, LecStream)

static const LecField format_fields[] = {
  LEC_FIELD (LecMsbFormat, id, PLAIN),
  LEC_FIELD (LecMsbFormat, header, BYTES),
  LEC_FIELD (LecMsbFormat, description, TEXT),
};
LEC_DEFINE_SHAPE (format, LecMsbFormat)

static const LecField msb_fields[] = {
  LEC_FIELD_OF (LecMsb, formats, ARRAY, &format_shape),
  LEC_FIELD (LecMsb, source, TEXT),
  LEC_FIELD (LecMsb, fec_span, PLAIN),
  LEC_FIELD (LecMsb, buffer_ms, PLAIN),
  LEC_FIELD (LecMsb, log_url, TEXT),
  LEC_FIELD (LecMsb, may_split, PLAIN),
  LEC_FIELD (LecMsb, may_record, PLAIN),
  LEC_FIELD (LecMsb, expires_s, PLAIN),
};
LEC_DEFINE_SHAPE (msb, LecMsb)

static const LecField rtsp_fields[] = {
  LEC_FIELD (LecRtsp, address, TEXT),     LEC_FIELD (LecRtsp, base, TEXT),
  LEC_FIELD (LecRtsp, control, TEXT),     LEC_FIELD (LecRtsp, group, TEXT),
  LEC_FIELD (LecRtsp, credentials, TEXT),
};
LEC_DEFINE_SHAPE (rtsp, LecRtsp)

static const LecField alternative_fields[] = {
  LEC_FIELD (LecAlternative, kind, PLAIN),
  LEC_FIELD_OF (LecAlternative, streams, ARRAY, &stream_shape),
  LEC_FIELD (LecAlternative, program, PLAIN),
  LEC_FIELD_OF (LecAlternative, msb, STRUCT, &msb_shape),
  LEC_FIELD_OF (LecAlternative, rtsp, STRUCT, &rtsp_shape),
  LEC_FIELD (LecAlternative, uri, TEXT),
  LEC_FIELD (LecAlternative, is_media, PLAIN),
  LEC_FIELD (LecAlternative, start_us, PLAIN),
  LEC_FIELD (LecAlternative, duration_us, PLAIN),
  LEC_FIELD (LecAlternative, start_marker, TEXT),
  LEC_FIELD (LecAlternative, end_marker, TEXT),
};
LEC_DEFINE_SHAPE (alternative, LecAlternative)

static const LecField info_fields[] = {
  LEC_FIELD (LecChannelInfo, id, TEXT),
  LEC_FIELD (LecChannelInfo, title, TEXT),
  LEC_FIELD (LecChannelInfo, description, TEXT),
  LEC_FIELD (LecChannelInfo, author, TEXT),
  LEC_FIELD (LecChannelInfo, copyright, TEXT),
  LEC_FIELD (LecChannelInfo, email, TEXT),
  LEC_FIELD (LecChannelInfo, phone, TEXT),
  LEC_FIELD (LecChannelInfo, category, TEXT),
  LEC_FIELD (LecChannelInfo, keywords, TEXT),
  LEC_FIELD (LecChannelInfo, more_info, TEXT),
  LEC_FIELD (LecChannelInfo, logo, TEXT),
  LEC_FIELD (LecChannelInfo, base, TEXT),
  LEC_FIELD (LecChannelInfo, log_urls, TEXTS),
  LEC_FIELD (LecChannelInfo, origin, TEXT),
  LEC_FIELD (LecChannelInfo, version, VERSION),
  LEC_FIELD (LecChannelInfo, details, TEXTS),
  LEC_FIELD_OF (LecChannelInfo, schedule, STRUCT, &lec_schedule_shape),
  LEC_FIELD (LecChannelInfo, flags, PLAIN),
  LEC_FIELD_OF (LecChannelInfo, alternatives, ARRAY, &alternative_shape),
};
LEC_DEFINE_SHAPE (info, LecChannelInfo)

LecChannelInfo *
lec_channel_info_new (void)
{
  LecChannelInfo *info = g_new0 (LecChannelInfo, 1);

  info->alternatives = g_ptr_array_new_with_free_func (alternative_free);
  return info;
}

void
lec_channel_info_free (LecChannelInfo *info)
{
  if (info != NULL)
    info_free (info);
}

LecChannelInfo *
lec_channel_info_copy (const LecChannelInfo *from)
{
  return lec_shape_copy (&info_shape, from);
}

LecChannelInfo *
lec_channel_info_pack (const LecChannelInfo *from)
{
  return lec_shape_pack (&info_shape, from);
}

void
lec_channel_info_free_packed (LecChannelInfo *info)
{
  if (info != NULL)
    lec_shape_free_packed (&info_shape, info);
}

gboolean
lec_channel_info_equal (const LecChannelInfo *a, const LecChannelInfo *b)
{
  return lec_shape_equal (&info_shape, a, b);
}

LecAlternative *
lec_channel_info_add_alternative (LecChannelInfo *info, LecKind kind)
{
  LecAlternative *alternative = g_new0 (LecAlternative, 1);

  alternative->kind = kind;
  alternative->streams = g_ptr_array_new_with_free_func (stream_free);
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
  stream->legs = g_ptr_array_new_with_free_func (leg_free);
  stream->payloads = g_ptr_array_new_with_free_func (payload_free);
  stream->repairs = g_ptr_array_new_with_free_func (repair_free);
  stream->keys = g_ptr_array_new_with_free_func (key_free);
  stream->references = g_ptr_array_new_with_free_func (reference_free);
  g_ptr_array_add (alternative->streams, stream);
  return stream;
}

LecAlternative *
lec_alternative_copy (const LecAlternative *from)
{
  return lec_shape_copy (&alternative_shape, from);
}

void
lec_alternative_free (LecAlternative *alternative)
{
  if (alternative != NULL)
    alternative_free (alternative);
}

LecLeg *
lec_leg_new (const char *group, guint16 port)
{
  LecLeg *leg = g_new0 (LecLeg, 1);

  leg->group = g_strdup (group);
  leg->port = port;
  leg->ttl = -1;
  return leg;
}

LecLeg *
lec_leg_copy (const LecLeg *from)
{
  return lec_shape_copy (&leg_shape, from);
}

void
lec_leg_free (LecLeg *leg)
{
  if (leg != NULL)
    leg_free (leg);
}

LecLeg *
lec_stream_add_leg (LecStream *stream, const char *group, guint16 port)
{
  LecLeg *leg = lec_leg_new (group, port);

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
    alternative->msb->formats = g_ptr_array_new_with_free_func (format_free);
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

void
lec_alternative_set_rtsp (LecAlternative *alternative,
                          const char *address,
                          const char *base,
                          const char *control)
{
  if (alternative->rtsp != NULL)
    rtsp_free (alternative->rtsp);
  alternative->rtsp = g_new0 (LecRtsp, 1);
  alternative->rtsp->address = g_strdup (address);
  alternative->rtsp->base = g_strdup (base);
  alternative->rtsp->control = g_strdup (control);
}

gboolean
lec_alternative_is_complete (const LecAlternative *alternative)
{
  for (guint i = 0; i < alternative->streams->len; i++) {
    if (((LecStream *) g_ptr_array_index (alternative->streams, i))->legs->len == 0)
      return FALSE;
  }
  return TRUE;
}

const LecLeg *
lec_alternative_get_leg (const LecAlternative *alternative)
{
  const LecStream *stream;

  if (alternative->streams->len == 0)
    return NULL;
  stream = g_ptr_array_index (alternative->streams, 0);
  return stream->legs->len > 0 ? g_ptr_array_index (stream->legs, 0) : NULL;
}

guint64
lec_alternative_get_bandwidth (const LecAlternative *alternative)
{
  guint64 bandwidth = 0;

  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    bandwidth += (guint64) stream->bandwidth * MAX (stream->legs->len, 1);
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
