/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/channel.h"

#include <string.h>

#include "channel/error.h"

#define GROUP "239.1.1.1"

static GStrv
strv (const char *words)
{
  return g_strsplit (words, " ", -1);
}

static void
add_reference (LecStream *stream)
{
  LecReference *reference = lec_stream_add_reference (stream, LEC_REFERENCE_PTP);

  reference->version = g_strdup ("IEEE1588-2008");
  reference->identity = g_strdup ("30-D6-59-FF-FE-01-DB-72");
  reference->domain = 0;
}

static void
add_station (LecChannelInfo *info)
{
  LecAlternative *station = lec_channel_info_add_alternative (info, LEC_KIND_MSB);
  LecMsbFormat *format
      = lec_alternative_add_format (station, 586, g_bytes_new_static ("header", 6));

  lec_stream_add_leg (lec_alternative_add_stream (station, LEC_MEDIA_VIDEO), GROUP, 5050);
  format->description = g_strdup ("modem");
  station->msb->source = g_strdup ("192.0.2.1");
  station->msb->fec_span = 10;
  station->msb->buffer_ms = 3000;
  station->msb->log_url = g_strdup ("http://a.example/log");
  station->msb->expires_s = 86400;
}

/* A channel with something in every field. */
static LecChannelInfo *
full_info (void)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *multicast = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecAlternative *unicast = lec_channel_info_add_alternative (info, LEC_KIND_URI);
  LecStream *stream = lec_alternative_add_stream (multicast, LEC_MEDIA_AUDIO);
  LecLeg *leg = lec_stream_add_leg (stream, GROUP, 5004);
  LecPayload *payload = lec_stream_add_payload (stream, 96, "opus", 48000);

  info->id = g_strdup ("id");
  info->title = g_strdup ("Hall 3");
  info->description = g_strdup ("On groups");
  info->author = g_strdup ("Noether");
  info->more_info = g_strdup ("http://a.example/");
  info->origin = g_strdup ("192.0.2.9");
  info->copyright = g_strdup ("(c) 1921");
  info->email = g_strdup ("hall@a.example");
  info->phone = g_strdup ("+49 551 1");
  info->category = g_strdup ("Algebra");
  info->keywords = g_strdup ("rings");
  info->logo = g_strdup ("http://a.example/logo.png");
  lec_channel_info_add_detail (info, "Room", "H3");
  info->schedule = lec_schedule_new ();
  lec_schedule_add_period (info->schedule, 1, 2);
  info->flags = LEC_ENTRY_NO_SKIP;
  stream->language = g_strdup ("de");
  stream->label = g_strdup ("Voice");
  stream->bandwidth = 64000;
  stream->content = g_strdup ("speaker");
  stream->sync_group = 1;
  stream->rtcp_senders = 800;
  stream->rtcp_receivers = 0;
  stream->packet_time_us = 20000;
  stream->media_clock.kind = LEC_MEDIA_CLOCK_DIRECT;
  stream->media_clock.offset = 7;
  add_reference (stream);
  lec_stream_add_key (stream, "AES_CM_128_HMAC_SHA1_80", g_bytes_new_static ("key", 3),
                      g_bytes_new_static ("\1", 1));
  leg->rtcp_group = g_strdup ("239.1.1.2");
  leg->rtcp_port = 5005;
  leg->ttl = 8;
  leg->sources = strv ("192.0.2.1 192.0.2.2");
  leg->excluded = strv ("192.0.2.3");
  payload->channels = 2;
  payload->parameters = strv ("stereo 1 UseInbandFec 0");
  lec_stream_add_repair (stream, LEC_REPAIR_ULPFEC, GROUP, 5006);
  unicast->uri = g_strdup ("http://a.example/x");
  unicast->start_us = 3;
  unicast->duration_us = 4;
  unicast->start_marker = g_strdup ("2");
  unicast->end_marker = g_strdup ("end");
  add_station (info);
  return info;
}

static LecAlternative *
get_alternative (const LecChannelInfo *info, guint index)
{
  return g_ptr_array_index (info->alternatives, index);
}

static LecStream *
get_stream (const LecChannelInfo *info)
{
  return g_ptr_array_index (get_alternative (info, 0)->streams, 0);
}

static LecLeg *
get_leg (const LecChannelInfo *info)
{
  return g_ptr_array_index (get_stream (info)->legs, 0);
}

static LecPayload *
get_payload (const LecChannelInfo *info)
{
  return g_ptr_array_index (get_stream (info)->payloads, 0);
}

static LecChannel *
full_channel (void)
{
  g_autoptr (GError) error = NULL;
  LecChannel *channel = lec_channel_new (full_info (), &error);

  g_assert_no_error (error);
  return channel;
}

static void
test_new (void)
{
  g_autoptr (LecChannel) channel = full_channel ();
  g_autoptr (LecChannel) again = lec_channel_ref (channel);

  g_assert_true (again == channel);
  g_assert_cmpstr (lec_channel_get_id (channel), ==, "id");
  g_assert_cmpstr (lec_channel_get_title (channel), ==, "Hall 3");
  g_assert_cmpuint (lec_channel_get_info (channel)->alternatives->len, ==, 3);
  g_assert_true (g_type_is_a (LEC_TYPE_CHANNEL, G_TYPE_BOXED));
  lec_channel_unref (NULL);
  lec_channel_info_free (NULL);
}

static void
test_parameters (void)
{
  g_autoptr (LecChannelInfo) info = full_info ();
  const LecPayload *payload = get_payload (info);

  g_assert_cmpstr (lec_payload_get_parameter (payload, "stereo"), ==, "1");
  g_assert_cmpstr (lec_payload_get_parameter (payload, "useinbandfec"), ==, "0");
  g_assert_null (lec_payload_get_parameter (payload, "1"));
  g_strfreev (get_payload (info)->parameters);
  get_payload (info)->parameters = NULL;
  g_assert_null (lec_payload_get_parameter (payload, "stereo"));
}

/* One change each; the piece is of the sentence, NULL where the channel stays good. */
typedef struct
{
  const char *story;
  void (*change) (LecChannelInfo *info);
  const char *sentence;
} Change;

static void
no_alternatives (LecChannelInfo *info)
{
  g_ptr_array_set_size (info->alternatives, 0);
}

static void
many_alternatives (LecChannelInfo *info)
{
  while (info->alternatives->len <= LEC_MAX_ALTERNATIVES)
    lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri = g_strdup ("x");
}

static void
no_uri (LecChannelInfo *info)
{
  g_clear_pointer (&get_alternative (info, 1)->uri, g_free);
}

static void
empty_uri (LecChannelInfo *info)
{
  get_alternative (info, 1)->uri[0] = '\0';
}

static void
no_streams (LecChannelInfo *info)
{
  g_ptr_array_set_size (get_alternative (info, 0)->streams, 0);
}

static void
many_streams (LecChannelInfo *info)
{
  LecAlternative *alternative = get_alternative (info, 0);

  while (alternative->streams->len <= LEC_MAX_STREAMS)
    lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_TEXT), GROUP, 1);
}

static void
no_legs (LecChannelInfo *info)
{
  g_ptr_array_set_size (get_stream (info)->legs, 0);
}

static void
many_legs (LecChannelInfo *info)
{
  while (get_stream (info)->legs->len <= LEC_MAX_LEGS)
    lec_stream_add_leg (get_stream (info), GROUP, 1);
}

static void
most_legs (LecChannelInfo *info)
{
  while (get_stream (info)->legs->len < LEC_MAX_LEGS)
    lec_stream_add_leg (get_stream (info), GROUP, 1);
}

static void
set_group (LecChannelInfo *info, const char *group)
{
  LecLeg *leg = get_leg (info);

  g_free (leg->group);
  leg->group = g_strdup (group);
  g_clear_pointer (&leg->rtcp_group, g_free);
  g_clear_pointer (&leg->sources, g_strfreev);
  g_clear_pointer (&leg->excluded, g_strfreev);
}

static void
no_group (LecChannelInfo *info)
{
  set_group (info, NULL);
}

static void
named_group (LecChannelInfo *info)
{
  set_group (info, "hall3.example");
}

static void
unicast_group (LecChannelInfo *info)
{
  set_group (info, "0.0.0.0");
}

static void
ipv6_group (LecChannelInfo *info)
{
  set_group (info, "ff15::1");
}

static void
no_port (LecChannelInfo *info)
{
  get_leg (info)->port = 0;
}

static void
many_sources (LecChannelInfo *info)
{
  g_strfreev (get_leg (info)->sources);
  get_leg (info)->sources = strv ("10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5 10.0.0.6 10.0.0.7 "
                                  "10.0.0.8 10.0.0.9 10.0.0.10 10.0.0.11");
}

static void
ipv6_source (LecChannelInfo *info)
{
  g_strfreev (get_leg (info)->sources);
  get_leg (info)->sources = strv ("fd00::1");
}

static void
group_as_source (LecChannelInfo *info)
{
  g_strfreev (get_leg (info)->excluded);
  get_leg (info)->excluded = strv ("239.1.1.2");
}

static void
payload_128 (LecChannelInfo *info)
{
  get_payload (info)->payload = 128;
}

static void
no_clock_rate (LecChannelInfo *info)
{
  get_payload (info)->clock_rate = 0;
}

static void
no_encoding (LecChannelInfo *info)
{
  g_clear_pointer (&get_payload (info)->encoding, g_free);
}

static void
no_payloads (LecChannelInfo *info)
{
  g_ptr_array_set_size (get_stream (info)->payloads, 0);
}

static void
many_payloads (LecChannelInfo *info)
{
  while (get_stream (info)->payloads->len <= LEC_MAX_PAYLOADS)
    lec_stream_add_payload (get_stream (info), 1, "x", 1);
}

static void
ipv6_rtcp (LecChannelInfo *info)
{
  g_free (get_leg (info)->rtcp_group);
  get_leg (info)->rtcp_group = g_strdup ("ff15::1");
}

static void
no_formats (LecChannelInfo *info)
{
  g_ptr_array_set_size (get_alternative (info, 2)->msb->formats, 0);
}

static const Change checks[] = {
  { "no alternatives", no_alternatives, "names 0 ways" },
  { "too many alternatives", many_alternatives, "names 65 ways" },
  { "no URI", no_uri, "has no address" },
  { "empty URI", empty_uri, "has no address" },
  { "no streams", no_streams, "promises 0 streams" },
  { "too many streams", many_streams, "promises 9 streams" },
  { "no legs", no_legs, "from 0 addresses" },
  { "too many legs", many_legs, "from 5 addresses" },
  { "as many legs as can be", most_legs, NULL },
  { "no group", no_group, "“” is not a numeric address" },
  { "a name for a group", named_group, "“hall3.example” is not a numeric address" },
  { "any address", unicast_group, NULL },
  { "IPv6", ipv6_group, NULL },
  { "no port", no_port, "has no port" },
  { "too many sources", many_sources, "more than 10 sources" },
  { "source of another family", ipv6_source, "“fd00::1” cannot be a source" },
  { "group as a source", group_as_source, "“239.1.1.2” cannot be a source" },
  { "RTCP of another family", ipv6_rtcp, "RTCP of 239.1.1.1 goes to “ff15::1”" },
  { "a station without formats", no_formats, "has no format" },
  { "payload type 128", payload_128, "payload type 128 is not described" },
  { "no clock rate", no_clock_rate, "payload type 96 is not described" },
  { "no encoding", no_encoding, "payload type 96 is not described" },
  { "no payload types", no_payloads, NULL },
  { "too many payload types", many_payloads, "has 33 payload types" },
};

static void
test_checks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    LecChannelInfo *info = full_info ();
    g_autoptr (GError) error = NULL;
    g_autoptr (LecChannel) channel = NULL;

    g_test_message ("%s", checks[i].story);
    checks[i].change (info);
    channel = lec_channel_new (info, &error);
    g_assert_true ((channel == NULL) == (checks[i].sentence != NULL));
    if (channel == NULL) {
      g_assert_true (error->domain == LEC_ERROR);
      g_assert_nonnull (strstr (error->message, checks[i].sentence));
    }
  }
}

static void
test_texts (void)
{
  static const struct
  {
    const char *written;
    const char *shown;
  } rows[] = {
    { "Hall 3", "Hall 3" },
    { "  Hall \t\r\n 3  ", "Hall 3" },
    { "", GROUP ":5004" },
    { " \n ", GROUP ":5004" },
    { NULL, GROUP ":5004" },
    { "a\x01"
      "b\x7f"
      "c",
      "a b c" },
    { "a\xe2\x80\xae"
      "b",
      "a b" },
    { "H\xf6rsaal", "H\xef\xbf\xbdrsaal" },
    { "Hörsaal", "Hörsaal" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecChannelInfo *info = full_info ();
    g_autoptr (LecChannel) channel = NULL;

    g_free (info->title);
    info->title = g_strdup (rows[i].written);
    channel = lec_channel_new (info, NULL);
    g_assert_cmpstr (lec_channel_get_title (channel), ==, rows[i].shown);
  }
}

/* A long text is cut between two characters. */
static void
test_long_text (void)
{
  LecChannelInfo *info = full_info ();
  g_autoptr (LecChannel) channel = NULL;
  g_autoptr (GString) title = g_string_new ("x");

  for (guint i = 0; i < LEC_MAX_TEXT; i++)
    g_string_append (title, "ö");
  g_free (info->title);
  info->title = g_strdup (title->str);
  channel = lec_channel_new (info, NULL);
  g_assert_cmpuint (strlen (lec_channel_get_title (channel)), <=, LEC_MAX_TEXT);
  g_assert_true (g_str_has_suffix (lec_channel_get_title (channel), "ö…"));
  g_assert_true (g_utf8_validate (lec_channel_get_title (channel), -1, NULL));
}

/* What has neither a name nor an identity is called by its address. */
static void
test_derived (void)
{
  LecChannelInfo *info = full_info ();
  g_autoptr (LecChannel) channel = NULL;

  g_clear_pointer (&info->id, g_free);
  g_clear_pointer (&info->title, g_free);
  ipv6_group (info);
  channel = lec_channel_new (info, NULL);
  g_assert_cmpstr (lec_channel_get_id (channel), ==, "[ff15::1]:5004");
  g_assert_cmpstr (lec_channel_get_title (channel), ==, "[ff15::1]:5004");
}

static LecRepair *
get_repair (LecChannelInfo *info)
{
  return g_ptr_array_index (get_stream (info)->repairs, 0);
}

static LecMsbFormat *
get_format (LecChannelInfo *info)
{
  return g_ptr_array_index (get_alternative (info, 2)->msb->formats, 0);
}

static void
change_title (LecChannelInfo *info)
{
  info->title[0] = 'B';
}

static void
change_copyright (LecChannelInfo *info)
{
  info->copyright[0] = 'C';
}

static void
change_email (LecChannelInfo *info)
{
  info->email[0] = 'x';
}

static void
change_phone (LecChannelInfo *info)
{
  info->phone[0] = '0';
}

static void
change_category (LecChannelInfo *info)
{
  info->category[0] = 'B';
}

static void
change_keywords (LecChannelInfo *info)
{
  info->keywords[0] = 's';
}

static void
change_logo (LecChannelInfo *info)
{
  info->logo[0] = 'x';
}

static void
change_details (LecChannelInfo *info)
{
  info->details[1][1] = '4';
}

static void
change_schedule (LecChannelInfo *info)
{
  lec_schedule_add_period (info->schedule, 3, 4);
}

static void
change_flags (LecChannelInfo *info)
{
  info->flags = LEC_ENTRY_INCLUDE;
}

static void
change_language (LecChannelInfo *info)
{
  get_stream (info)->language[0] = 'x';
}

static void
change_content (LecChannelInfo *info)
{
  get_stream (info)->content[0] = 'x';
}

static void
change_sync_group (LecChannelInfo *info)
{
  get_stream (info)->sync_group++;
}

static void
change_sender_reports (LecChannelInfo *info)
{
  get_stream (info)->rtcp_senders = -1;
}

static void
change_receiver_reports (LecChannelInfo *info)
{
  get_stream (info)->rtcp_receivers = -1;
}

static void
change_packet_time (LecChannelInfo *info)
{
  get_stream (info)->packet_time_us++;
}

static void
change_media_clock (LecChannelInfo *info)
{
  get_stream (info)->media_clock.offset++;
}

static void
change_reference (LecChannelInfo *info)
{
  g_ptr_array_set_size (get_stream (info)->references, 0);
}

static void
change_ttl (LecChannelInfo *info)
{
  get_leg (info)->ttl++;
}

static void
change_rtcp_group (LecChannelInfo *info)
{
  get_leg (info)->rtcp_group[8] = '9';
}

static void
change_sources (LecChannelInfo *info)
{
  g_clear_pointer (&get_leg (info)->sources, g_strfreev);
}

static void
change_excluded (LecChannelInfo *info)
{
  g_clear_pointer (&get_leg (info)->excluded, g_strfreev);
}

static void
change_parameter (LecChannelInfo *info)
{
  get_payload (info)->parameters[1][0] = '0';
}

static void
change_repair (LecChannelInfo *info)
{
  lec_stream_add_repair (get_stream (info), LEC_REPAIR_RTX, GROUP, 5008);
}

static void
change_repair_payload (LecChannelInfo *info)
{
  get_repair (info)->payload = 100;
}

static void
change_key (LecChannelInfo *info)
{
  lec_stream_add_key (get_stream (info), "AEAD_AES_128_GCM", g_bytes_new_static ("key", 3), NULL);
}

static void
change_start (LecChannelInfo *info)
{
  get_alternative (info, 1)->start_us++;
}

static void
change_marker (LecChannelInfo *info)
{
  get_alternative (info, 1)->start_marker[0] = '3';
}

static void
change_format (LecChannelInfo *info)
{
  get_format (info)->id++;
}

static void
change_format_text (LecChannelInfo *info)
{
  get_format (info)->description[0] = 'x';
}

static void
change_fec_span (LecChannelInfo *info)
{
  get_alternative (info, 2)->msb->fec_span++;
}

static void
change_recording (LecChannelInfo *info)
{
  get_alternative (info, 2)->msb->may_record = FALSE;
}

static void
change_station_source (LecChannelInfo *info)
{
  get_alternative (info, 2)->msb->source[0] = '2';
}

static void
test_equal (void)
{
  static void (*const changes[]) (LecChannelInfo *) = {
    change_title,
    change_copyright,
    change_email,
    change_phone,
    change_category,
    change_keywords,
    change_logo,
    change_details,
    change_schedule,
    change_flags,
    change_language,
    change_content,
    change_sync_group,
    change_sender_reports,
    change_receiver_reports,
    change_packet_time,
    change_media_clock,
    change_reference,
    change_ttl,
    change_rtcp_group,
    change_sources,
    change_excluded,
    change_parameter,
    change_repair,
    change_repair_payload,
    change_key,
    change_start,
    change_marker,
    change_format,
    change_format_text,
    change_fec_span,
    change_recording,
    change_station_source,
  };
  g_autoptr (LecChannel) channel = full_channel ();
  g_autoptr (LecChannel) same = full_channel ();

  g_assert_true (lec_channel_equal (channel, same));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    LecChannelInfo *info = full_info ();
    g_autoptr (LecChannel) other = NULL;

    changes[i](info);
    other = lec_channel_new (info, NULL);
    g_assert_false (lec_channel_equal (channel, other));
    g_assert_false (lec_channel_equal (other, channel));
  }
}

static void
test_is_group (void)
{
  static const char *const groups[]
      = { "224.0.0.0", "239.255.255.255", "ff02::1", "ff3e::8232:232" };
  static const char *const others[]
      = { "223.255.255.255", "240.0.0.0",  "fe80::1",    "::",           "",
          "239.1.1",         "239.1.1.1 ", "ff15::1%lo", "hall3.example" };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    g_assert_true (lec_address_is_group (groups[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (lec_address_is_group (others[i]));
  g_assert_false (lec_address_is_group (NULL));
}

static void
test_error_names (void)
{
  static const char *const names[] = { "malformed",    "unsupported", "unreachable", "silent",
                                       "needs-source", "too-much",    "low-port" };

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = g_error_new_literal (LEC_ERROR, i, "x");

    g_assert_cmpstr (lec_error_get_name (error), ==, names[i]);
  }
}

/* Groups that need the address of their sender get the one a person has found out. */
static void
test_source (void)
{
  static const struct
  {
    const char *group;
    const char *source;
    gboolean needs;
  } rows[] = {
    { "232.1.0.0", "192.0.2.1", TRUE }, { "233.1.0.0", "192.0.2.1", FALSE },
    { "ff3e::1", "fd00::1", TRUE },     { "ff3e:1::1", "fd00::1", FALSE },
    { "ff15::1", "fd00::1", FALSE },    { "192.0.2.7", "192.0.2.1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecChannelInfo *info = lec_channel_info_new ();
    g_autoptr (LecChannel) channel = NULL;
    g_autoptr (LecChannel) named = NULL;
    g_autoptr (GError) error = NULL;
    const LecLeg *leg;

    lec_stream_add_leg (lec_alternative_add_stream (
                            lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO),
                        rows[i].group, 5004);
    channel = lec_channel_new (info, NULL);
    g_assert_true (lec_address_needs_source (rows[i].group) == rows[i].needs);
    g_assert_true (lec_channel_needs_source (channel) == rows[i].needs);
    named = lec_channel_new_for_source (channel, rows[i].source, NULL);
    g_assert_false (lec_channel_needs_source (named));
    leg = get_leg ((LecChannelInfo *) lec_channel_get_info (named));
    g_assert_cmpstr (leg->sources != NULL ? leg->sources[0] : NULL, ==,
                     rows[i].needs ? rows[i].source : NULL);
    if (!rows[i].needs)
      continue;
    g_assert_null (lec_channel_new_for_source (channel, "hall.example", &error));
    g_assert_error (error, LEC_ERROR, LEC_ERROR_MALFORMED);
  }
  g_assert_false (lec_address_needs_source (NULL));
}

/* Who announced it is no promise, and is kept where a source is added. */
static void
test_announcer (void)
{
  LecChannelInfo *info = lec_channel_info_new ();
  g_autoptr (LecChannel) plain = NULL;
  g_autoptr (LecChannel) announced = NULL;
  g_autoptr (LecChannel) named = NULL;

  lec_stream_add_leg (lec_alternative_add_stream (
                          lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO),
                      "232.1.1.1", 5004);
  plain = lec_channel_new (info, NULL);
  announced = lec_channel_new_for_announcer (plain, "192.0.2.7");
  named = lec_channel_new_for_source (announced, "192.0.2.8", NULL);
  g_assert_null (lec_channel_get_announcer (plain));
  g_assert_cmpstr (lec_channel_get_announcer (announced), ==, "192.0.2.7");
  g_assert_true (lec_channel_equal (plain, announced));
  g_assert_cmpstr (lec_channel_get_announcer (named), ==, "192.0.2.7");
}

/* Where it arrives, its server says later; it is known by the address there. */
static void
test_served (void)
{
  const char *address = "rtsp://hall.example/live";
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  LecChannelInfo *alone;
  g_autoptr (LecChannel) channel = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;

  lec_stream_add_payload (stream, 96, "H264", 90000);
  alone = lec_channel_info_copy (info);
  g_assert_null (lec_channel_new (alone, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  lec_alternative_set_rtsp (alternative, address, "rtsp://inside.example/live/", NULL);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lec_channel_get_id (channel), ==, address);
  g_assert_cmpstr (lec_channel_get_title (channel), ==, address);
  g_assert_false (lec_alternative_is_complete (
      g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0)));
  g_assert_null (lec_alternative_get_leg (
      g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0)));
  shown = lec_text_hide_password ("rtsp://me:a@b@hall.example/x@y");
  g_assert_cmpstr (shown, ==, "rtsp://hall.example/x@y");
  g_clear_pointer (&shown, g_free);
  shown = lec_text_hide_password ("HTTP://me:secret@hall.example:80/x.sdp");
  g_assert_cmpstr (shown, ==, "HTTP://hall.example:80/x.sdp");
}

/* A copy in one piece says the same, and its parts can be copied out of it. */
static void
test_packed (void)
{
  g_autoptr (LecChannelInfo) info = full_info ();
  LecStream *stream = get_stream (info);
  g_autoptr (LecSchedule) schedule = NULL;
  LecRepeat repeat = { 604800, 3600, 0 };
  LecChannelInfo *packed;

  lec_stream_add_leg (stream, GROUP, 5008);
  if (info->schedule == NULL)
    info->schedule = lec_schedule_new ();
  g_array_append_val (lec_schedule_add_period (info->schedule, 1000, 0)->repeats, repeat);
  packed = lec_channel_info_pack (info);
  g_assert_true (lec_channel_info_equal (info, packed));
  g_assert_cmpuint (get_stream (packed)->repairs->len, ==, stream->repairs->len);
  /* what is said twice is there once */
  g_assert_true (((LecLeg *) g_ptr_array_index (get_stream (packed)->legs, 0))->group
                 == ((LecLeg *) g_ptr_array_index (get_stream (packed)->legs, 1))->group);
  schedule = lec_schedule_copy (packed->schedule);
  g_assert_true (lec_schedule_equal (schedule, info->schedule));
  lec_channel_info_free_packed (packed);
  lec_channel_info_free_packed (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel/new", test_new);
  g_test_add_func ("/channel/source", test_source);
  g_test_add_func ("/channel/parameters", test_parameters);
  g_test_add_func ("/channel/checks", test_checks);
  g_test_add_func ("/channel/texts", test_texts);
  g_test_add_func ("/channel/long text", test_long_text);
  g_test_add_func ("/channel/derived", test_derived);
  g_test_add_func ("/channel/equal", test_equal);
  g_test_add_func ("/channel/announcer", test_announcer);
  g_test_add_func ("/channel/packed", test_packed);
  g_test_add_func ("/channel/is group", test_is_group);
  g_test_add_func ("/channel/error names", test_error_names);
  g_test_add_func ("/channel/served", test_served);
  return g_test_run ();
}
