/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/fields.h"

#include <glib/gi18n-lib.h>

#define LEG(field) G_STRUCT_OFFSET (LecLegReport, field)
#define STREAM(field) G_STRUCT_OFFSET (LecStreamReport, field)
#define STATS(field) STREAM (stats.field)
#define TRACK(field) G_STRUCT_OFFSET (LecTrackReport, field)
#define HOST(name) G_STRUCT_OFFSET (LecHostReport, name)
#define NETWORK(field) G_STRUCT_OFFSET (LecNetworkReport, field)
#define STATION(field) G_STRUCT_OFFSET (LecStationReport, field)
#define TS(field) G_STRUCT_OFFSET (LecTsStats, field)
#define PROGRAM(field) G_STRUCT_OFFSET (LecTsProgramStats, field)
#define TS_STREAM(field) G_STRUCT_OFFSET (LecTsStreamStats, field)
#define REPORT(field) G_STRUCT_OFFSET (struct _LecReport, field)

static const LecFieldWord media_words[] = {
  [LEC_MEDIA_VIDEO] = { "video", N_ ("Picture") },
  [LEC_MEDIA_AUDIO] = { "audio", N_ ("Sound") },
  [LEC_MEDIA_TEXT] = { "text", N_ ("Text") },
  [LEC_MEDIA_APPLICATION]
  = { "unknown", N_ ("Stream") }, /* as GStreamer's types of streams have it */
};

static const LecFieldWord state_words[] = {
  [LEC_TRACK_WAITING] = { "waiting", NULL },
  [LEC_TRACK_PLAYING] = { "playing", NULL },
  [LEC_TRACK_STALLED] = { "stalled", NULL },
  [LEC_TRACK_UNDESCRIBED] = { "undescribed", NULL },
  [LEC_TRACK_UNKNOWN] = { "unknown", NULL },
  [LEC_TRACK_REFUSED] = { "refused", NULL },
  [LEC_TRACK_NO_DECODER] = { "no-decoder", NULL },
  [LEC_TRACK_SCRAMBLED] = { "scrambled", NULL },
  [LEC_TRACK_PROTECTED] = { "protected", NULL },
  [LEC_TRACK_UNWANTED] = { "unwanted", NULL },
};

static const LecFieldWord wait_words[] = {
  [LEC_TRACK_WAIT_PACKETS] = { "packets", NULL },
  [LEC_TRACK_WAIT_UNITS] = { "units", NULL },
  [LEC_TRACK_WAIT_PARAMETER_SETS] = { "parameter-sets", NULL },
  [LEC_TRACK_WAIT_KEY_FRAME] = { "key-frame", NULL },
  [LEC_TRACK_WAIT_RECOVERY] = { "recovery", NULL },
  [LEC_TRACK_WAIT_DECODER] = { "decoder", NULL },
  [LEC_TRACK_WAIT_NOTHING] = { "nothing", NULL },
};

static const LecFieldWord found_words[] = {
  [LEC_FOUND_ANNOUNCED] = { "announced", NULL },
  [LEC_FOUND_RTP] = { "rtp", N_ ("RTP, not announced") },
  [LEC_FOUND_BARE_TS] = { "ts-without-rtp", N_ ("transport stream without RTP") },
  [LEC_FOUND_OTHER_TS] = { "ts", N_ ("transport stream, not announced") },
};

static const LecFieldWord foreign_words[] = {
  [LEC_FOREIGN_UNKNOWN] = { "unknown", NULL },
  [LEC_FOREIGN_PROGRAM_STREAM] = { "program-stream", "MPEG-PS" },
  [LEC_FOREIGN_MPEG_VIDEO] = { "mpeg-video", "MPEG-2" },
  [LEC_FOREIGN_H264] = { "h264", "H.264" },
  [LEC_FOREIGN_H265] = { "h265", "H.265" },
  [LEC_FOREIGN_ADTS] = { "adts", "AAC (ADTS)" },
  [LEC_FOREIGN_MPEG_AUDIO] = { "mpeg-audio", "MP3" },
  [LEC_FOREIGN_OGG] = { "ogg", "Ogg" },
  [LEC_FOREIGN_MATROSKA] = { "matroska", "Matroska" },
  [LEC_FOREIGN_FLV] = { "flv", "FLV" },
};

static const LecFieldWord locked_words[] = {
  [LEC_LOCKED_UNKNOWN] = { "unknown", NULL },
  [LEC_LOCKED_CLEAR] = { "clear", NULL },
  [LEC_LOCKED_ENCRYPTED] = { "encrypted", NULL },
};

static const LecFieldWord silence_words[] = {
  [LEC_SILENCE_UNKNOWN] = { "unknown", NULL },
  [LEC_SILENCE_PAUSE] = { "pause", NULL },
  [LEC_SILENCE_LOSS] = { "loss", NULL },
};

static const LecFieldWord querier_words[] = {
  [LEC_REPORT_QUERIER_UNKNOWN] = { "unknown", NULL },
  [LEC_REPORT_QUERIER_UNSEEN] = { "unseen", N_ ("none seen") },
  [LEC_REPORT_QUERIER_SEEN] = { "seen", N_ ("present") },
};

static const LecFieldWord clock_words[] = {
  [LEC_REPORT_CLOCK_PIPELINE] = { "pipeline", N_ ("this computer’s") },
  [LEC_REPORT_CLOCK_SENDER] = { "sender", N_ ("the sender’s") },
};

static const LecFieldWord wireless_words[] = {
  [FALSE] = { NULL, NULL },
  [TRUE] = { NULL, N_ ("Wi-Fi") },
};

static const LecFieldWord msb_words[] = {
  [LEC_MSB_STATE_NONE] = { "none", NULL },
  [LEC_MSB_STATE_JOINING] = { "joining", NULL },
  [LEC_MSB_STATE_MISSING] = { "missing", N_ ("not heard") },
  [LEC_MSB_STATE_WAITING] = { "waiting", N_ ("waiting to begin") },
  [LEC_MSB_STATE_UNDESCRIBED] = { "undescribed", N_ ("sends unknown formats") },
  [LEC_MSB_STATE_PLAYING] = { "playing", NULL },
  [LEC_MSB_STATE_ENDED] = { "ended", N_ ("has ended") },
};

const LecField lec_leg_fields[] = {
  { "group", NULL, LEC_FIELD_TEXT, LEG (group) },
  { "port", NULL, LEC_FIELD_PORT, LEG (port) },
  { "received", "packets", LEC_FIELD_COUNTER, LEG (stats.received) },
  { "bytes", "bytes", LEC_FIELD_COUNTER, LEG (stats.bytes) },
  { "lost", "packets", LEC_FIELD_COUNTER, LEG (stats.lost) },
  { "jitter-ms", "ms", LEC_FIELD_DIFFERENCE, LEG (stats.jitter_ns) },
  { "skew-ms", "ms", LEC_FIELD_DIFFERENCE, LEG (stats.skew_ns) },
  { "silent-ms", "ms", LEC_FIELD_AGE, LEG (stats.last_packet_ns) },
  { NULL },
};

#define COUNTER(name, field, ...)                                                                  \
  {                                                                                                \
    name, "packets", LEC_FIELD_COUNTER, STATS (field), __VA_ARGS__                                 \
  }

/* What one scheme has done: all of it is among what is told of all schemes together. */
#define REPAIR(name, scheme, done, undone, too_late)                                               \
  COUNTER ("repaired-" name, repairs[scheme].repaired, done),                                      \
      COUNTER ("unrepaired-" name, repairs[scheme].unrepaired, undone),                            \
      COUNTER ("repaired-late-" name, repairs[scheme].late, too_late)

/* In the order in which a person reads them. */
const LecField lec_stream_fields[] = {
  { "media", NULL, LEC_FIELD_WORD, STREAM (media), .words = media_words },
  { "encoding", NULL, LEC_FIELD_TEXT, STREAM (encoding) },
  { "interfaces", NULL, LEC_FIELD_TEXT, STREAM (interfaces), N_ ("Interface") },
  { "sender", NULL, LEC_FIELD_TEXT, STREAM (sender), N_ ("Sender address") },
  { "announced-sender", NULL, LEC_FIELD_TEXT, STREAM (announced_sender), N_ ("Announced sender") },
  { "ttl", NULL, LEC_FIELD_NUMBER, STREAM (ttl), N_ ("Arrives with TTL") },
  { "station", NULL, LEC_FIELD_TEXT, STATS (station), N_ ("Station") },
  { "tool", NULL, LEC_FIELD_TEXT, STATS (tool), N_ ("Sent with") },
  { "ssrc", NULL, LEC_FIELD_ID, STATS (ssrc), N_ ("Source (SSRC)") },
  { "payload", NULL, LEC_FIELD_NUMBER, STATS (payload) },
  { "found", NULL, LEC_FIELD_WORD, STATS (found), N_ ("Sent as"), .words = found_words },
  { "foreign", NULL, LEC_FIELD_WORD, STATS (foreign), .words = foreign_words },
  { "jitter-ms", "ms", LEC_FIELD_DIFFERENCE, STATS (jitter_ns) },
  { "latency-ms", "ms", LEC_FIELD_DIFFERENCE, STREAM (latency_ns) },
  { "needed-ms", "ms", LEC_FIELD_DIFFERENCE, STATS (latency_ns) },
  { "repair-ms", "ms", LEC_FIELD_DIFFERENCE, STATS (repair_ns), N_ ("Delay for repair") },
  { "drift-ppm", "ppm", LEC_FIELD_RATIO, STATS (drift_ppm), N_ ("Clock drift") },
  { "first-packet-ms", "ms", LEC_FIELD_DURATION, STATS (first_packet_ns) },
  { "silent-ms", "ms", LEC_FIELD_AGE, STATS (last_packet_ns) },
  { "participants", NULL, LEC_FIELD_NUMBER, STATS (participants), N_ ("Participants") },
  COUNTER ("received", received, N_ ("Packets received")),
  { "bytes", "bytes", LEC_FIELD_COUNTER, STATS (bytes) },
  COUNTER ("lost", lost, N_ ("Lost in network")),
  COUNTER ("lost-local", lost_local, N_ ("Dropped locally"), TRUE),
  COUNTER ("damaged", damaged, N_ ("Arrived damaged"), TRUE),
  COUNTER ("late", late, N_ ("Too late"), TRUE),
  COUNTER ("stale", stale, NULL, TRUE),
  COUNTER ("duplicate", duplicate, NULL, TRUE),
  COUNTER ("reordered", reordered, N_ ("Out of order"), TRUE),
  COUNTER ("recovered", recovered, N_ ("Recovered"), TRUE),
  COUNTER ("unrepaired", unrepaired, N_ ("Not repaired"), TRUE),
  COUNTER ("repaired-late", repaired_late, N_ ("Repaired too late"), TRUE),
  REPAIR ("2022-1",
          LEC_REPAIR_2022_1,
          N_ ("Repaired by ST 2022-1"),
          N_ ("Not repaired by ST 2022-1"),
          N_ ("Too late by ST 2022-1")),
  REPAIR ("ulpfec",
          LEC_REPAIR_ULPFEC,
          N_ ("Repaired by ULPFEC"),
          N_ ("Not repaired by ULPFEC"),
          N_ ("Too late by ULPFEC")),
  REPAIR ("flexfec",
          LEC_REPAIR_FLEXFEC,
          N_ ("Repaired by FlexFEC"),
          N_ ("Not repaired by FlexFEC"),
          N_ ("Too late by FlexFEC")),
  REPAIR ("rtx",
          LEC_REPAIR_RTX,
          N_ ("Repaired by retransmission"),
          N_ ("Not repaired by retransmission"),
          N_ ("Too late by retransmission")),
  COUNTER ("requests", requests, N_ ("Requests sent")),
  COUNTER ("parity", parity, N_ ("Parity packets")),
  COUNTER ("aside", aside, N_ ("Other payloads")),
  COUNTER ("merged", merged),
  COUNTER ("malformed", malformed),
  COUNTER ("unknown-formats", unknown_formats, N_ ("Of unknown formats"), TRUE),
  COUNTER ("discarded", discarded, N_ ("Unrecognized"), TRUE),
  COUNTER ("other-stations", other_stations, N_ ("From other stations"), TRUE),
  COUNTER ("undeciphered", decrypt_failed, N_ ("Decryption failed"), TRUE),
  COUNTER ("overrun", overrun, NULL, TRUE),
  COUNTER ("out", out),
  { "gaps", "gaps", LEC_FIELD_COUNTER, STATS (gaps) },
  { "restarts", NULL, LEC_FIELD_COUNTER, STATS (restarts), N_ ("Restarts of the sender"), TRUE },
  { "switches", NULL, LEC_FIELD_COUNTER, STATS (switches), N_ ("Playlist entries followed"), TRUE },
  { "beacons", NULL, LEC_FIELD_COUNTER, STATS (beacons), N_ ("Beacons"), TRUE },
  { "stalls", NULL, LEC_FIELD_COUNTER, STATS (stalls), N_ ("Interruptions"), TRUE },
  { "reports", NULL, LEC_FIELD_COUNTER, STATS (reports) },
  { "reports-sent", NULL, LEC_FIELD_COUNTER, STATS (reports_sent) },
  { "delay-ms", "ms", LEC_FIELD_DIFFERENCE, STATS (delay_ns) },
  { "wanted-ms", "ms", LEC_FIELD_DIFFERENCE, STATS (wanted_ns) },
  { "held", "packets", LEC_FIELD_NUMBER, STATS (held) },
  { "report-age-ms", "ms", LEC_FIELD_AGE, STATS (last_report_ns) },
  { "beacon-age-ms", "ms", LEC_FIELD_AGE, STATS (last_beacon_ns) },
  { "sign-age-ms", "ms", LEC_FIELD_AGE, STATS (last_sign_ns) },
  { "pause-ms", "ms", LEC_FIELD_DIFFERENCE, STATS (pause_ns) },
  { "rest-ms", "ms", LEC_FIELD_DIFFERENCE, STATS (rest_ns) },
  { "silence", NULL, LEC_FIELD_WORD, STATS (silence), .words = silence_words },
  { "encrypted", NULL, LEC_FIELD_FLAG, STATS (encrypted) },
  { "locked", NULL, LEC_FIELD_WORD, STATS (locked), .words = locked_words },
  { "untimed", NULL, LEC_FIELD_FLAG, STATS (untimed) },
  { "unnumbered", NULL, LEC_FIELD_FLAG, STATS (unnumbered) },
  { "ended", NULL, LEC_FIELD_FLAG, STATS (ended) },
  { NULL },
};

const LecField lec_track_fields[] = {
  { "media", NULL, LEC_FIELD_WORD, TRACK (media), .words = media_words },
  { "codec", NULL, LEC_FIELD_TEXT, TRACK (codec) },
  { "stream", NULL, LEC_FIELD_NUMBER, TRACK (stream) },
  { "pid", NULL, LEC_FIELD_NUMBER, TRACK (pid) },
  { "state", NULL, LEC_FIELD_WORD, TRACK (state), .words = state_words },
  { "waits-for", NULL, LEC_FIELD_WORD, TRACK (wait), .words = wait_words },
  { "waited-ms", "ms", LEC_FIELD_DIFFERENCE, TRACK (wait_ns) },
  { "still-ms", "ms", LEC_FIELD_DURATION, TRACK (still_ns) },
  { "packets", "packets", LEC_FIELD_COUNTER, TRACK (counts.packets) },
  { "units", "units", LEC_FIELD_COUNTER, TRACK (counts.units) },
  { "key-frames", "units", LEC_FIELD_COUNTER, TRACK (counts.key_frames) },
  { "parameter-sets", "units", LEC_FIELD_COUNTER, TRACK (counts.parameter_sets) },
  { "damaged", "units", LEC_FIELD_COUNTER, TRACK (counts.damaged) },
  { "decoded", "units", LEC_FIELD_COUNTER, TRACK (counts.decoded) },
  { "shown", "units", LEC_FIELD_COUNTER, TRACK (counts.shown) },
  { "dropped", "units", LEC_FIELD_COUNTER, TRACK (counts.dropped) },
  { "dropping-ms", "ms", LEC_FIELD_DIFFERENCE, TRACK (dropping_ns) },
  { "unseen-ms", "ms", LEC_FIELD_DIFFERENCE, TRACK (unseen_ns) },
  { "pause-ms", "ms", LEC_FIELD_DIFFERENCE, TRACK (pause_ns) },
  { "rebuilds", NULL, LEC_FIELD_COUNTER, TRACK (rebuilds) },
  { "ca-system", NULL, LEC_FIELD_TEXT, TRACK (ca_system) },
  { "missing-package", NULL, LEC_FIELD_TEXT, TRACK (package) },
  { NULL },
};

const LecField lec_station_fields[] = {
  { "address", NULL, LEC_FIELD_TEXT, STATION (address) },
  { "interface", NULL, LEC_FIELD_TEXT, STATION (interface) },
  { "ttl", NULL, LEC_FIELD_NUMBER, STATION (ttl) },
  { "received", "packets", LEC_FIELD_COUNTER, STATION (received) },
  { "silent-ms", "ms", LEC_FIELD_AGE, STATION (last_packet_ns) },
  { "played", NULL, LEC_FIELD_FLAG, STATION (is_played) },
  { "announced", NULL, LEC_FIELD_FLAG, STATION (is_announced) },
  { NULL },
};

const LecField lec_network_fields[] = {
  { "rejoins", NULL, LEC_FIELD_COUNTER, NETWORK (rejoins), N_ ("Rejoins") },
  { "cut-offs", NULL, LEC_FIELD_COUNTER, NETWORK (forwarding_losses),
    N_ ("Forwarding interruptions") },
  { "querier", NULL, LEC_FIELD_WORD, NETWORK (querier), N_ ("IGMP/MLD querier"),
    .words = querier_words },
  { "speed", "Mbit/s", LEC_FIELD_NUMBER, NETWORK (speed) },
  { "rate", "bit/s", LEC_FIELD_COUNTER, NETWORK (rate) },
  { "capped", NULL, LEC_FIELD_FLAG, NETWORK (capped) },
  { "wireless", NULL, LEC_FIELD_FLAG, NETWORK (wireless), N_ ("Network"), .words = wireless_words },
  { "stranger", NULL, LEC_FIELD_TEXT, NETWORK (stranger) },
  { NULL },
};

static const LecFieldWord link_words[] = {
  { "unknown" },   { "usable" },    { "no-ipv4" },      { "no-ipv6" },
  { "only-ipv6" }, { "only-ipv4" }, { "no-multicast" }, { "no-carrier" },
  { "down" },      { "gone" },      { "absent" },
};

static const LecFieldWord drop_words[] = {
  { "none" },       { "firewall" }, { "reverse-path" },
  { "other-port" }, { "damaged" },  { "firewall-or-group" },
};

static const LecFieldWord firewall_words[] = {
  { "unknown" }, { "nftables" }, { "iptables" }, { "ufw" }, { "firewalld" },
};

const LecField lec_host_fields[] = {
  { "link", NULL, LEC_FIELD_WORD, HOST (link), .words = link_words },
  { "links", NULL, LEC_FIELD_TEXT, HOST (links) },
  { "drop", NULL, LEC_FIELD_WORD, HOST (drop), .words = drop_words },
  { "drop-is-new", NULL, LEC_FIELD_FLAG, HOST (drop_is_new) },
  { "damaged", "packets", LEC_FIELD_COUNTER, HOST (damaged) },
  { "filtered", "packets", LEC_FIELD_COUNTER, HOST (filtered) },
  { "firewall", NULL, LEC_FIELD_WORD, HOST (firewall), .words = firewall_words },
  { "chains", NULL, LEC_FIELD_TEXT, HOST (chains) },
  { NULL },
};

const LecField lec_ts_fields[] = {
  { "packets", "packets", LEC_FIELD_COUNTER, TS (packets) },
  { "null-packets", "packets", LEC_FIELD_COUNTER, TS (null_packets) },
  { "lost", "packets", LEC_FIELD_COUNTER, TS (lost), N_ ("TS packets lost"), TRUE },
  { "duplicate", "packets", LEC_FIELD_COUNTER, TS (duplicate), NULL, TRUE },
  { "discontinuities", NULL, LEC_FIELD_COUNTER, TS (discontinuities), N_ ("Clock discontinuities"),
    TRUE },
  { "table-changes", NULL, LEC_FIELD_COUNTER, TS (table_changes), N_ ("Program table changes"),
    TRUE },
  { "bit-rate", "bit/s", LEC_FIELD_COUNTER, TS (bit_rate) },
  { "null-share", NULL, LEC_FIELD_RATIO, TS (null_share) },
  { "has-pat", NULL, LEC_FIELD_FLAG, TS (has_pat) },
  { "has-pmt", NULL, LEC_FIELD_FLAG, TS (has_pmt) },
  { "program-stream", NULL, LEC_FIELD_FLAG, TS (is_program_stream) },
  { "wanted", NULL, LEC_FIELD_NUMBER, TS (wanted) },
  { NULL },
};

const LecField lec_ts_program_fields[] = {
  { "number", NULL, LEC_FIELD_NUMBER, PROGRAM (number), N_ ("Program") },
  { "name", NULL, LEC_FIELD_TEXT, PROGRAM (name), N_ ("Program name") },
  { "pmt-pid", NULL, LEC_FIELD_NUMBER, PROGRAM (pmt_pid) },
  { "pcr-pid", NULL, LEC_FIELD_NUMBER, PROGRAM (pcr_pid) },
  { "has-pmt", NULL, LEC_FIELD_FLAG, PROGRAM (has_pmt) },
  { "playable", NULL, LEC_FIELD_FLAG, PROGRAM (playable) },
  { "ca-system", NULL, LEC_FIELD_ID, PROGRAM (ca_system) },
  { NULL },
};

const LecField lec_ts_stream_fields[] = {
  { "pid", NULL, LEC_FIELD_NUMBER, TS_STREAM (pid) },
  { "type", NULL, LEC_FIELD_NUMBER, TS_STREAM (type) },
  { "media", NULL, LEC_FIELD_WORD, TS_STREAM (media), .words = media_words },
  { "codec", NULL, LEC_FIELD_NAME, TS_STREAM (codec) },
  { "language", NULL, LEC_FIELD_TEXT, TS_STREAM (language) },
  { "packets", "packets", LEC_FIELD_COUNTER, TS_STREAM (packets) },
  { "units", NULL, LEC_FIELD_COUNTER, TS_STREAM (units) },
  { "scrambled", "packets", LEC_FIELD_COUNTER, TS_STREAM (scrambled) },
  { "random-access", NULL, LEC_FIELD_COUNTER, TS_STREAM (random_access) },
  { "lost", "packets", LEC_FIELD_COUNTER, TS_STREAM (lost) },
  { NULL },
};

const LecField lec_report_fields[] = {
  { "latency-ms", "ms", LEC_FIELD_DIFFERENCE, REPORT (latency_ns) },
  { "clock", NULL, LEC_FIELD_WORD, REPORT (clock), N_ ("Clock"), .words = clock_words },
  { "station-state", NULL, LEC_FIELD_WORD, REPORT (msb), N_ ("Windows Media station"),
    .words = msb_words },
  { NULL },
};

/* ---- values ---- */

static double
to_ms (gint64 ns)
{
  return (double) ns / 1e6;
}

static double
to_ms_if_happened (gint64 ns)
{
  return ns >= 0 ? to_ms (ns) : -1.0;
}

static void
set_double (GValue *value, double number)
{
  g_value_init (value, G_TYPE_DOUBLE);
  g_value_set_double (value, number);
}

static void
set_uint (GValue *value, guint number)
{
  g_value_init (value, G_TYPE_UINT);
  g_value_set_uint (value, number);
}

static void
set_text (GValue *value, const char *text)
{
  g_value_init (value, G_TYPE_STRING);
  g_value_set_string (value, text);
}

void
lec_field_get_value (const LecField *field, gconstpointer item, LecReport *report, GValue *value)
{
  gconstpointer at = (const guint8 *) item + field->offset;

  switch (field->kind) {
  case LEC_FIELD_COUNTER:
    g_value_init (value, G_TYPE_UINT64);
    g_value_set_uint64 (value, *(const guint64 *) at);
    break;
  case LEC_FIELD_NUMBER:
  case LEC_FIELD_ID:
    set_uint (value, *(const guint *) at);
    break;
  case LEC_FIELD_PORT:
    set_uint (value, *(const guint16 *) at);
    break;
  case LEC_FIELD_FLAG:
    g_value_init (value, G_TYPE_BOOLEAN);
    g_value_set_boolean (value, *(const gboolean *) at);
    break;
  case LEC_FIELD_TEXT:
    set_text (value, at);
    break;
  case LEC_FIELD_NAME:
    set_text (value, *(const char *const *) at);
    break;
  case LEC_FIELD_WORD:
    set_text (value, field->words[*(const guint *) at].name);
    break;
  case LEC_FIELD_DURATION:
    set_double (value, to_ms_if_happened (*(const gint64 *) at));
    break;
  case LEC_FIELD_DIFFERENCE:
    set_double (value, to_ms (*(const gint64 *) at));
    break;
  case LEC_FIELD_AGE:
    set_double (value, to_ms_if_happened (lec_report_get_age (report, *(const gint64 *) at)));
    break;
  case LEC_FIELD_RATIO:
    set_double (value, *(const double *) at);
    break;
  default:
    g_assert_not_reached ();
  }
}

guint64
lec_field_get_counter (const LecField *field, gconstpointer item)
{
  g_return_val_if_fail (field->kind == LEC_FIELD_COUNTER, 0);

  return *(const guint64 *) G_STRUCT_MEMBER_P (item, field->offset);
}

const char *
lec_field_get_label (const LecField *field, gconstpointer item)
{
  const guint *value = G_STRUCT_MEMBER_P (item, field->offset);
  const char *label = field->words != NULL ? field->words[*value].label : NULL;

  return label != NULL ? _ (label) : NULL;
}

const char *
lec_foreign_get_name (LecForeign foreign)
{
  return foreign_words[foreign].label;
}

const char *
lec_media_get_name (LecMedia media)
{
  return media_words[media].name;
}

const char *
lec_media_get_label (LecMedia media)
{
  return _ (media_words[media].label);
}

const char *
lec_stream_report_get_name (const LecStreamReport *self)
{
  return *self->encoding != '\0' ? self->encoding : lec_media_get_name (self->media);
}

const LecTsProgramStats *
lec_stream_report_get_program (const LecStreamReport *self)
{
  return self->ts.chosen >= 0 ? &self->ts.programs[self->ts.chosen] : NULL;
}

/* ---- all counters of LecStats ---- */

static guint64 *
get_counter (LecStats *stats, const LecField *field)
{
  return G_STRUCT_MEMBER_P (stats, field->offset - STREAM (stats));
}

void
lec_stats_add (LecStats *sum, const LecStats *more)
{
  LecStats copy = *more;

  for (const LecField *field = lec_stream_fields; field->name != NULL; field++) {
    if (field->kind == LEC_FIELD_COUNTER)
      *get_counter (sum, field) += *get_counter (&copy, field);
  }
}

LecStats
lec_stats_since (const LecStats *now, const LecStats *before)
{
  LecStats since = { 0 }, then = *before;

  lec_stats_add (&since, now);
  for (const LecField *field = lec_stream_fields; field->name != NULL; field++) {
    if (field->kind == LEC_FIELD_COUNTER) {
      guint64 *counter = get_counter (&since, field);

      *counter -= MIN (*counter, *get_counter (&then, field));
    }
  }
  return since;
}
