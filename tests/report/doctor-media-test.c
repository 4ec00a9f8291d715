/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Row by row: what comes, what becomes of it, and what the doctor makes of that. */
#include "report/doctor.h"

#include "wire/units.h"

#define JOINED (5000 * SECOND) /* the computer has been up for a while */

/* A picture on 239.1.1.1:5004, and a sound on 239.1.1.2:5006, thirty seconds after the join. */
typedef struct
{
  LecReportDraft *draft;
  LecChannel *channel;
  LecDoctorCase facts;
} Ward;

static void
announce (LecAlternative *way,
          LecMedia media,
          const char *group,
          guint16 port,
          guint payload,
          const char *encoding)
{
  LecStream *stream = lec_alternative_add_stream (way, media);

  lec_stream_add_leg (stream, group, port);
  lec_stream_add_payload (stream, payload, encoding, 90000);
}

static void
arrive (Ward *self, guint index)
{
  LecStats *stats = &self->draft->streams[index].stats;

  stats->received = stats->out = 1000;
  stats->first_packet_ns = 100 * MSECOND;
  stats->last_packet_ns = self->draft->now_ns - 20 * MSECOND;
}

static LecTrackReport *
decode (Ward *self, guint index)
{
  LecTrackReport *track = lec_report_draft_add_track (self->draft);

  track->media = index == 0 ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO;
  track->stream = index;
  track->state = LEC_TRACK_PLAYING;
  track->wait = LEC_TRACK_WAIT_NOTHING;
  track->still_ns = 40 * MSECOND;
  track->counts = (LecTrackCounts){ .packets = 1000, .units = 700, .decoded = 700, .shown = 700 };
  track->second = (LecTrackCounts){ .packets = 35, .units = 25, .decoded = 25, .shown = 25 };
  return track;
}

static void
open_ward (Ward *self)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *way = lec_channel_info_add_alternative (info, LEC_KIND_RTP);

  announce (way, LEC_MEDIA_VIDEO, "239.1.1.1", 5004, 96, "H264");
  announce (way, LEC_MEDIA_AUDIO, "239.1.1.2", 5006, 97, "opus");
  self->channel = lec_channel_new (info, NULL);
  self->draft = lec_report_draft_new (2);
  self->draft->joined_ns = JOINED;
  self->draft->now_ns = JOINED + 30 * SECOND;
  self->facts = (LecDoctorCase){
    .report = self->draft,
    .alternative = g_ptr_array_index (lec_channel_get_info (self->channel)->alternatives, 0),
    .awaited_us = 30 * G_USEC_PER_SEC,
  };
  for (guint i = 0; i < 2; i++) {
    LecStreamReport *stream = &self->draft->streams[i];

    stream->media = i == 0 ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO;
    stream->n_legs = 1;
    g_strlcpy (stream->legs[0].group, i == 0 ? "239.1.1.1" : "239.1.1.2", LEC_REPORT_ADDRESS);
    stream->legs[0].port = i == 0 ? 5004 : 5006;
    g_strlcpy (stream->interfaces, "eth0", LEC_REPORT_INTERFACES);
  }
}

static void
open_playing (Ward *self)
{
  open_ward (self);
  for (guint i = 0; i < 2; i++) {
    arrive (self, i);
    decode (self, i);
  }
}

static void
close_ward (Ward *self)
{
  lec_channel_unref (self->channel);
  lec_report_unref (self->draft);
}

/* @message: (nullable): its beginning; NULL: whichever */
static void
check (Ward *self, LecDoctorCode code, LecSeverity severity, const char *message)
{
  g_auto (LecDiagnosis) diagnosis = { 0 };
  g_autofree char *said = NULL;

  self->facts.reception = lec_reception_read (self->draft);
  lec_doctor_examine (&self->facts, &diagnosis);
  said = lec_diagnosis_dup_message (&diagnosis);
  g_test_message ("%s", said);
  g_assert_null (strchr (said, '{'));
  if (message != NULL && !g_str_has_prefix (said, message))
    g_assert_cmpstr (said, ==, message);
  g_assert_cmpstr (lec_doctor_code_get_name (diagnosis.code), ==, lec_doctor_code_get_name (code));
  g_assert_cmpint (diagnosis.severity, ==, severity);
}

/* Whether it is said of no single medium. */
static gboolean
is_said_of_the_channel (Ward *self)
{
  g_auto (LecDiagnosis) diagnosis = { 0 };

  self->facts.reception = lec_reception_read (self->draft);
  lec_doctor_examine (&self->facts, &diagnosis);
  return diagnosis.code != LEC_DOCTOR_STREAM_MISSING
         && !g_str_has_prefix (diagnosis.sentence, "Picture:")
         && !g_str_has_prefix (diagnosis.sentence, "Sound:");
}

static void
check_fine (Ward *self)
{
  check (self, LEC_DOCTOR_FINE, LEC_SEVERITY_FINE, "Everything sent has arrived");
}

static void
test_fine (void)
{
  Ward ward;

  open_playing (&ward);
  check_fine (&ward);
  ward.draft->n_tracks = 0; /* nothing is decoded on purpose */
  check_fine (&ward);
  close_ward (&ward);
}

/* Reports tell of a pause as long as they come, and none is one that has ended. */
static void
test_paused (void)
{
  Ward ward;
  LecStats *stats;

  open_ward (&ward);
  stats = &ward.draft->streams[0].stats;
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL, NULL);
  stats->last_sign_ns = ward.draft->now_ns - SECOND;
  check (
      &ward, LEC_DOCTOR_PAUSED, LEC_SEVERITY_FATAL,
      "The station is there, but sends neither picture nor sound at the moment: only its reports "
      "(RTCP) arrive from 239.1.1.1:5004 on eth0. Wait until it begins");
  ward.facts.awaited_us = 2 * G_USEC_PER_SEC;
  check (&ward, LEC_DOCTOR_WAITING, LEC_SEVERITY_FINE, NULL);
  ward.facts.awaited_us = 30 * G_USEC_PER_SEC;
  stats->last_sign_ns = ward.draft->now_ns - 16 * SECOND;
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL, NULL);
  ward.draft->host.link = LEC_REPORT_LINK_DOWN; /* then it was before that */
  stats->last_sign_ns = ward.draft->now_ns - SECOND;
  check (&ward, LEC_DOCTOR_INTERFACE_DOWN, LEC_SEVERITY_FATAL, NULL);
  close_ward (&ward);

  open_ward (&ward);
  arrive (&ward, 0);
  stats = &ward.draft->streams[0].stats;
  stats->last_packet_ns = ward.draft->now_ns - 7 * SECOND;
  check (&ward, LEC_DOCTOR_SILENT, LEC_SEVERITY_FATAL, NULL);
  stats->last_sign_ns = stats->last_packet_ns + 100 * MSECOND; /* with the last packets */
  check (&ward, LEC_DOCTOR_SILENT, LEC_SEVERITY_FATAL, NULL);
  stats->last_sign_ns = ward.draft->now_ns - SECOND;
  check (&ward, LEC_DOCTOR_PAUSED, LEC_SEVERITY_FATAL,
         "The station is there, but has sent neither picture nor sound for 7 s");
  stats->ended = TRUE;
  check (&ward, LEC_DOCTOR_ENDED, LEC_SEVERITY_FATAL, "The station ended the session (RTCP BYE)");
  /* the goodbye of the other stream was lost */
  arrive (&ward, 1);
  ward.draft->streams[1].stats.last_packet_ns = ward.draft->now_ns - 2 * SECOND;
  check (&ward, LEC_DOCTOR_ENDED, LEC_SEVERITY_FATAL, "The station ended the session (RTCP BYE)");
  ward.draft->streams[1].stats.last_packet_ns = ward.draft->now_ns - SECOND;
  check (&ward, LEC_DOCTOR_FINE, LEC_SEVERITY_FINE, NULL);
  stats->ended = FALSE;
  ward.draft->streams[1].stats.last_packet_ns = stats->last_packet_ns;
  ward.draft->withdrawn = TRUE;
  check (&ward, LEC_DOCTOR_ENDED, LEC_SEVERITY_FATAL, NULL);
  close_ward (&ward);
}

static void
test_ciphers (void)
{
  static const struct
  {
    LecLocked locked;
    guint64 failed;
    LecDoctorCode code;
    const char *message;
  } rows[] = {
    { LEC_LOCKED_CLEAR, 40, LEC_DOCTOR_NOT_ENCRYPTED,
      "Picture: what arrives is not encrypted, although the announcement says that it is (SRTP)" },
    { LEC_LOCKED_ENCRYPTED, 70, LEC_DOCTOR_KEY_WRONG,
      "Picture: what arrives is encrypted (SRTP), but not with the announced key" },
    { LEC_LOCKED_UNKNOWN, 70, LEC_DOCTOR_KEY_WRONG,
      "Picture: the announced key does not open what arrives: either it is encrypted with another "
      "key, or not at all" },
    /* of a codec of which nothing can be told, and too few to be told */
    { LEC_LOCKED_UNKNOWN, 10, LEC_DOCTOR_WAITING,
      "Picture: packets arrive that the announced key does not open" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint has_sound = 0; has_sound < 2; has_sound++) {
      const gboolean is_early = rows[i].code == LEC_DOCTOR_WAITING;
      LecStats *stats;
      Ward ward;

      open_ward (&ward);
      if (is_early)
        ward.draft->now_ns = JOINED + 2 * SECOND;
      if (has_sound) {
        arrive (&ward, 1);
        decode (&ward, 1);
      }
      stats = &ward.draft->streams[0].stats;
      stats->received = stats->decrypt_failed = rows[i].failed;
      stats->first_packet_ns = 100 * MSECOND;
      stats->locked = rows[i].locked;
      check (&ward, rows[i].code,
             is_early    ? LEC_SEVERITY_HINT
             : has_sound ? LEC_SEVERITY_DEGRADED
                         : LEC_SEVERITY_FATAL,
             rows[i].message);
      stats->out = 1; /* one did open: it is no matter of keys */
      stats->decrypt_failed = 5;
      stats->last_packet_ns = ward.draft->now_ns;
      if (has_sound)
        check_fine (&ward);
      close_ward (&ward);
    }
  }
}

static void
test_no_key (void)
{
  Ward ward;

  open_ward (&ward); /* whether decoded or not */
  arrive (&ward, 0);
  arrive (&ward, 1);
  ward.draft->streams[1].stats.encrypted = TRUE;
  check (&ward, LEC_DOCTOR_KEY_MISSING, LEC_SEVERITY_DEGRADED,
         "Sound: what arrives is encrypted (SRTP), but the announcement gives no key. Ask");
  close_ward (&ward);
}

static void
test_payload (void)
{
  Ward ward;
  LecStats *stats;

  open_playing (&ward);
  stats = &ward.draft->streams[0].stats;
  ward.draft->tracks[0].state = LEC_TRACK_WAITING;
  ward.draft->tracks[0].counts = (LecTrackCounts){ 0 };
  stats->out = 0;
  stats->discarded = 1000;
  stats->payload = 102;
  check (&ward, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_DEGRADED,
         "Picture: payload type 102 arrives, but the announcement says 96 (H264). The announcement "
         "may be out of date");
  stats->payload = 26;
  check (&ward, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_DEGRADED,
         "Picture: payload type 26 (JPEG) arrives, but the announcement says 96 (H264)");
  stats->malformed = 900; /* it is no RTP */
  check (&ward, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_DEGRADED,
         "Picture: what arrives from 239.1.1.1:5004 is neither RTP nor an MPEG transport stream");
  close_ward (&ward);

  open_playing (&ward); /* a few strays */
  ward.draft->streams[0].stats.discarded = 10;
  ward.draft->streams[0].stats.payload = 102;
  check_fine (&ward);
  ward.draft->streams[0].stats.found = LEC_FOUND_OTHER_TS;
  ward.draft->streams[0].stats.payload = 33;
  check (&ward, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_HINT,
         "The announcement does not say so, but the station sends a transport stream (payload type "
         "33)");
  close_ward (&ward);
}

static void
test_missing (void)
{
  Ward ward;

  open_ward (&ward);
  arrive (&ward, 0);
  check (&ward, LEC_DOCTOR_STREAM_MISSING, LEC_SEVERITY_DEGRADED,
         "Sound: nothing arrives from 239.1.1.2:5006, while the rest of the channel does. Either");
  ward.draft->now_ns = JOINED + 2 * SECOND; /* it may come yet */
  ward.draft->streams[0].stats.last_packet_ns = ward.draft->now_ns;
  check_fine (&ward);
  close_ward (&ward);

  open_ward (&ward);
  arrive (&ward, 0);
  ward.draft->streams[1].media = LEC_MEDIA_TEXT; /* nobody types all the time */
  check_fine (&ward);
  close_ward (&ward);

  open_ward (&ward);
  arrive (&ward, 0);
  arrive (&ward, 1);
  ward.draft->streams[1].stats.last_packet_ns = ward.draft->now_ns - 6 * SECOND;
  check (&ward, LEC_DOCTOR_STREAM_MISSING, LEC_SEVERITY_DEGRADED,
         "Sound: nothing has arrived from 239.1.1.2:5006 for 6 s");
  ward.draft->streams[1].stats.last_packet_ns = ward.draft->now_ns;
  ward.draft->streams[0].stats.last_packet_ns = ward.draft->now_ns - 6 * SECOND;
  ward.draft->streams[0].stats.pause_ns = 4 * SECOND;
  check_fine (&ward); /* a slide stands */
  close_ward (&ward);
}

/* One stream that stays away while the other one comes: row by row, how it has come so far. */
static void
test_absence (void)
{
  static const struct
  {
    const char *name;
    LecMedia media;
    const char *encoding;
    double known_s, pause_s, away_s;
    LecSilence silence;
    LecDoctorCode code;
  } rows[] = {
    { "a camera", LEC_MEDIA_VIDEO, "H264", 20, 0.1, 3.1, 0, LEC_DOCTOR_STREAM_MISSING },
    { "not yet", LEC_MEDIA_VIDEO, "H264", 20, 0.1, 2.9, 0, LEC_DOCTOR_FINE },
    { "after a short time", LEC_MEDIA_VIDEO, "H264", 8, 0.1, 4.9, 0, LEC_DOCTOR_FINE },
    { "after a short time", LEC_MEDIA_VIDEO, "H264", 8, 0.1, 5.1, 0, LEC_DOCTOR_STREAM_MISSING },
    { "a rate that varies", LEC_MEDIA_VIDEO, "H264", 20, 2, 9.9, 0, LEC_DOCTOR_FINE },
    { "a rate that varies", LEC_MEDIA_VIDEO, "H264", 20, 2, 10.1, 0, LEC_DOCTOR_STREAM_MISSING },
    { "a slide, the first", LEC_MEDIA_VIDEO, "JPEG", 0.2, 0.01, 25, 0, LEC_DOCTOR_FINE },
    { "slides", LEC_MEDIA_VIDEO, "JPEG", 1000, 30, 120, 0, LEC_DOCTOR_FINE },
    { "music", LEC_MEDIA_AUDIO, "MPEG4-GENERIC", 20, 0.1, 3.1, 0, LEC_DOCTOR_STREAM_MISSING },
    { "Opus without a word", LEC_MEDIA_AUDIO, "OPUS", 20, 0.42, 3.1, 0, LEC_DOCTOR_STREAM_MISSING },
    { "Opus that pauses", LEC_MEDIA_AUDIO, "OPUS", 20, 1.5, 7, 0, LEC_DOCTOR_FINE },
    { "a speaker thinks", LEC_MEDIA_AUDIO, "PCMU", 20, 0.1, 12, 0, LEC_DOCTOR_FINE },
    { "a speaker is gone", LEC_MEDIA_AUDIO, "PCMU", 20, 0.1, 15.1, 0, LEC_DOCTOR_STREAM_MISSING },
    { "a speaker listens", LEC_MEDIA_AUDIO, "PCMU", 90, 20, 60, 0, LEC_DOCTOR_FINE },
    { "a line that never pauses", LEC_MEDIA_AUDIO, "PCMA", 90, 0.1, 3.1, 0,
      LEC_DOCTOR_STREAM_MISSING },
    { "a camera, switched off", LEC_MEDIA_VIDEO, "H264", 20, 0.1, 3.1, LEC_SILENCE_PAUSE,
      LEC_DOCTOR_PAUSED },
    { "slides, and it says so", LEC_MEDIA_VIDEO, "JPEG", 1000, 30, 20, LEC_SILENCE_PAUSE,
      LEC_DOCTOR_FINE },
    { "a speaker, and it says so", LEC_MEDIA_AUDIO, "PCMU", 90, 0.1, 200, LEC_SILENCE_PAUSE,
      LEC_DOCTOR_FINE },
    { "a speaker who is not heard", LEC_MEDIA_AUDIO, "PCMU", 20, 9, 3.1, LEC_SILENCE_LOSS,
      LEC_DOCTOR_STREAM_MISSING },
    { "slides that do not come", LEC_MEDIA_VIDEO, "JPEG", 1000, 30, 3.1, LEC_SILENCE_LOSS,
      LEC_DOCTOR_STREAM_MISSING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecStreamReport *stream;
    Ward ward;

    g_test_message ("%s", rows[i].name);
    open_ward (&ward);
    ward.draft->now_ns = JOINED + (gint64) ((rows[i].known_s + rows[i].away_s) * SECOND);
    arrive (&ward, 0);
    arrive (&ward, 1);
    ward.draft->streams[0].media = LEC_MEDIA_AUDIO;
    stream = &ward.draft->streams[1];
    stream->media = rows[i].media;
    g_strlcpy (stream->encoding, rows[i].encoding, sizeof stream->encoding);
    stream->stats.first_packet_ns = 0;
    stream->stats.last_packet_ns = JOINED + (gint64) (rows[i].known_s * SECOND);
    stream->stats.pause_ns = (gint64) (rows[i].pause_s * SECOND);
    stream->stats.silence = rows[i].silence;
    check (&ward, rows[i].code,
           rows[i].code == LEC_DOCTOR_FINE ? LEC_SEVERITY_FINE : LEC_SEVERITY_DEGRADED, NULL);
    ward.draft->streams[0].stats.last_packet_ns = stream->stats.last_packet_ns;
    g_assert_true (is_said_of_the_channel (&ward)); /* where all stay away */
    close_ward (&ward);
  }
}

/* What its sender says of it is told as that. */
static void
test_what_reports_say (void)
{
  Ward ward;
  LecStats *stats;

  open_playing (&ward);
  stats = &ward.draft->streams[0].stats;
  stats->last_packet_ns -= 4 * SECOND;
  ward.draft->tracks[0].still_ns = 4 * SECOND;
  ward.draft->tracks[0].second = (LecTrackCounts){ 0 };
  check (&ward, LEC_DOCTOR_STREAM_MISSING, LEC_SEVERITY_DEGRADED,
         "Nothing of the picture has come for 4 s, while other media arrive. Either");
  stats->silence = LEC_SILENCE_PAUSE;
  check (
      &ward, LEC_DOCTOR_PAUSED, LEC_SEVERITY_DEGRADED,
      "Picture: the station has sent nothing for 4 s, as its reports (RTCP) say, while the rest of "
      "the channel arrives. Wait until it goes on, or ask whoever runs the station");
  stats->silence = LEC_SILENCE_LOSS;
  check (&ward, LEC_DOCTOR_STREAM_MISSING, LEC_SEVERITY_DEGRADED,
         "Picture: nothing has arrived from 239.1.1.1:5004 for 4 s, although the station sends it, "
         "as its reports (RTCP) say. The network does not forward this group any more: ask whoever "
         "runs the network");
  close_ward (&ward);
}

static void
test_scrambled (void)
{
  Ward ward;
  LecTsStats *ts;

  open_ward (&ward);
  arrive (&ward, 0);
  arrive (&ward, 1);
  ts = &ward.draft->streams[0].ts;
  ts->packets = 900;
  ts->has_pat = ts->has_pmt = TRUE;
  ts->n_programs = 1;
  ts->chosen = 0;
  ts->programs[0].n_streams = 1;
  ts->programs[0].streams[0]
      = (LecTsStreamStats){ .media = LEC_MEDIA_VIDEO, .packets = 800, .scrambled = 790 };
  check (&ward, LEC_DOCTOR_SCRAMBLED, LEC_SEVERITY_DEGRADED, "What arrives is scrambled");
  ts->programs[0].streams[0].scrambled = 3; /* damaged ones */
  check_fine (&ward);
  close_ward (&ward);
}

static void
test_here (void)
{
  Ward ward;
  LecStats *stats;

  open_playing (&ward);
  stats = &ward.draft->streams[0].stats;
  ward.draft->tracks[0].unseen_ns = 2 * SECOND;
  check_fine (&ward);
  ward.draft->tracks[0].unseen_ns = 4 * SECOND;
  check (&ward, LEC_DOCTOR_NOT_SHOWN, LEC_SEVERITY_DEGRADED,
         "The picture is decoded, but has not been shown for 4 s");
  ward.draft->tracks[0].unseen_ns = 0;
  ward.draft->tracks[0].dropping_ns = 2 * SECOND;
  check_fine (&ward);
  ward.draft->tracks[0].dropping_ns = 3 * SECOND;
  check (&ward, LEC_DOCTOR_CPU, LEC_SEVERITY_DEGRADED,
         "All packets arrive, but this computer decodes the picture too late");
  stats->lost = 100; /* what does not come cannot be decoded */
  stats->gaps = 100;
  check (&ward, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_DEGRADED, NULL);
  ward.draft->tracks[0].dropping_ns = 0;
  stats->lost_local = 200;
  check (&ward, LEC_DOCTOR_CPU, LEC_SEVERITY_DEGRADED,
         "This computer dropped 200 packets, as nothing took them in time");
  ward.draft->network.buffer_refused = 2000000;
  check (&ward, LEC_DOCTOR_BUFFER, LEC_SEVERITY_DEGRADED,
         "This computer dropped 200 packets, as its receive buffer is too small for this channel. "
         "As administrator run “sysctl -w net.core.rmem_max=1000000”");
  close_ward (&ward);
}

/* A firewall that drops a part is told from a network that does. */
static void
test_partly_filtered (void)
{
  static const struct
  {
    guint64 lost, filtered;
    LecDoctorCode code;
  } rows[] = {
    { 0, 500, LEC_DOCTOR_FINE }, /* of other groups */
    { 100, 0, LEC_DOCTOR_NETWORK_LOSS },   { 100, 40, LEC_DOCTOR_NETWORK_LOSS },
    { 100, 98, LEC_DOCTOR_FIREWALL },      { 100, 110, LEC_DOCTOR_FIREWALL },
    { 100, 900, LEC_DOCTOR_NETWORK_LOSS }, /* of other groups, as far as is known */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Ward ward;

    open_playing (&ward);
    ward.draft->streams[0].stats.lost = ward.draft->streams[0].stats.gaps = rows[i].lost;
    ward.draft->host.filtered = rows[i].filtered;
    ward.draft->host.firewall = LEC_REPORT_FIREWALL_UFW;
    check (&ward, rows[i].code,
           rows[i].code == LEC_DOCTOR_FINE ? LEC_SEVERITY_FINE : LEC_SEVERITY_DEGRADED,
           rows[i].code != LEC_DOCTOR_FIREWALL
               ? NULL
               : "100 of 2100 packets are missing, and a firewall on this computer dropped about "
                 "as many. As administrator let them in: ");
    close_ward (&ward);
  }
}

/* A station that goes on with another key, or with another payload, while its packets come. */
static void
test_changed (void)
{
  Ward ward;
  LecStats *stats;

  open_playing (&ward);
  stats = &ward.draft->streams[0].stats;
  stats->decrypt_failed = 90;
  stats->last_locked_ns = ward.draft->now_ns - 20 * MSECOND;
  check_fine (&ward); /* some are, as anybody may send */
  stats->last_packet_ns = ward.draft->now_ns - 3 * SECOND;
  check (&ward, LEC_DOCTOR_KEY_WRONG, LEC_SEVERITY_DEGRADED,
         "Picture: the announced key has not opened what arrives for 3 s: either it is encrypted "
         "with another key now, or not at all any more. Ask the sender for the newest");
  ward.draft->streams[1].stats.last_packet_ns = ward.draft->now_ns - 5 * SECOND;
  check (&ward, LEC_DOCTOR_KEY_WRONG, LEC_SEVERITY_FATAL, "Picture: the announced key");
  stats->last_locked_ns = ward.draft->now_ns - 2 * SECOND;
  check (&ward, LEC_DOCTOR_SILENT, LEC_SEVERITY_FATAL, NULL);
  close_ward (&ward);

  open_playing (&ward);
  stats = &ward.draft->streams[0].stats;
  stats->last_media_ns = ward.draft->now_ns - 3 * SECOND;
  check_fine (&ward);
  stats->last_strange_ns = ward.draft->now_ns - 20 * MSECOND;
  stats->strange = 99;
  check (&ward, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_DEGRADED,
         "Picture: payload type 99 arrives now, but the announcement says 96 (H264). The");
  stats->strange = 13; /* nobody speaks */
  check_fine (&ward);
  stats->strange = 99;
  stats->last_media_ns = ward.draft->now_ns - SECOND; /* it comes beside */
  check_fine (&ward);
  close_ward (&ward);
}

/* What was missing while a plug was out was not lost by the network. */
static void
test_interrupted (void)
{
  Ward ward;

  open_playing (&ward);
  ward.draft->host.interrupted_ns = ward.draft->now_ns - 10 * SECOND;
  check_fine (&ward);
  ward.draft->streams[0].stats.lost = 300;
  ward.draft->streams[0].stats.gaps = 2;
  check (&ward, LEC_DOCTOR_INTERRUPTED, LEC_SEVERITY_HINT,
         "300 of 2300 packets are missing, as this computer itself was cut off for a while");
  ward.draft->streams[0].stats.gaps = 40; /* the network loses, too */
  check (&ward, LEC_DOCTOR_BURST_LOSS, LEC_SEVERITY_DEGRADED, NULL);
  ward.draft->streams[0].stats.gaps = 2;
  ward.draft->host.interrupted_ns = 0;
  check (&ward, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_DEGRADED, NULL);
  close_ward (&ward);
}

/* What this computer drops before its sockets is missing like what was lost. */
static void
test_damaged (void)
{
  Ward ward;

  open_playing (&ward);
  ward.draft->host.damaged = 100; /* other programs are sent that, too */
  check_fine (&ward);
  ward.draft->streams[1].stats.lost = ward.draft->streams[1].stats.gaps = 100;
  check (&ward, LEC_DOCTOR_DAMAGED, LEC_SEVERITY_DEGRADED,
         "100 of 2100 packets are missing, and about as many arrived damaged (wrong UDP checksum). "
         "Check cable");
  ward.draft->host.damaged = 49;
  check (&ward, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_DEGRADED, NULL);
  ward.draft->host.damaged = 80; /* of which the sockets have told most */
  ward.draft->streams[0].stats.damaged = 60;
  check (&ward, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_DEGRADED, NULL);
  ward.draft->host.damaged = 100; /* of which the sockets have told a part, and some none */
  ward.draft->streams[0].stats.damaged = 90;
  check (&ward, LEC_DOCTOR_DAMAGED, LEC_SEVERITY_DEGRADED,
         "100 of 2190 packets are missing, and about as many arrived damaged");
  close_ward (&ward);
}

static void
test_loss (void)
{
  static const struct
  {
    guint64 lost, gaps;
    guint speed, rate; /* [Mbit/s] */
    gboolean wireless, capped;
    LecDoctorCode code;
    const char *message;
  } rows[] = {
    { 1, 1, 0, 0, FALSE, FALSE, LEC_DOCTOR_NETWORK_LOSS,
      "The network lost 1 of 2001 packets (0.05 %). Ask" },
    { 100, 95, 0, 0, FALSE, FALSE, LEC_DOCTOR_NETWORK_LOSS,
      "The network lost 100 of 2100 packets (4.76 %). Ask" },
    { 100, 95, 0, 0, TRUE, FALSE, LEC_DOCTOR_NETWORK_LOSS, NULL },
    { 100, 45, 0, 0, TRUE, FALSE, LEC_DOCTOR_BURST_LOSS,
      "The network lost 100 of 2100 packets (4.76 %), about 2 at a time, as happens over Wi-Fi" },
    { 100, 45, 0, 0, FALSE, FALSE, LEC_DOCTOR_NETWORK_LOSS, NULL },
    { 100, 10, 0, 0, FALSE, FALSE, LEC_DOCTOR_BURST_LOSS,
      "The network lost 100 of 2100 packets (4.76 %), about 10 at a time. Either" },
    { 100, 2, 0, 0, FALSE, FALSE, LEC_DOCTOR_NETWORK_LOSS, NULL }, /* a plug was pulled */
    { 15, 5, 0, 0, FALSE, FALSE, LEC_DOCTOR_NETWORK_LOSS, NULL },  /* and that is nothing */
    { 100, 10, 10, 9, FALSE, FALSE, LEC_DOCTOR_NARROW_LINK,
      "The network interface of this computer is too slow for this channel: 9.0 Mbit/s arrive of "
      "10 Mbit/s, and 4.76 % are lost. Use" },
    { 100, 95, 100, 9, FALSE, FALSE, LEC_DOCTOR_NETWORK_LOSS, NULL },
    { 100, 95, 100, 9, FALSE, TRUE, LEC_DOCTOR_NARROW_LINK,
      "Never more than 9.0 Mbit/s arrive, however much is sent, and 4.76 % are lost" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Ward ward;

    open_playing (&ward);
    ward.draft->network.speed = rows[i].speed;
    ward.draft->network.rate = (guint64) rows[i].rate * 1000000;
    ward.draft->network.wireless = rows[i].wireless;
    ward.draft->network.capped = rows[i].capped;
    check_fine (&ward); /* as long as nothing is lost, all may be full */
    ward.draft->streams[0].stats.lost = rows[i].lost;
    ward.draft->streams[0].stats.gaps = rows[i].gaps;
    check (&ward, rows[i].code, LEC_SEVERITY_DEGRADED, rows[i].message);
    /* what no loss makes comes first */
    ward.draft->tracks[1].state = LEC_TRACK_NO_DECODER;
    ward.draft->tracks[1].counts = (LecTrackCounts){ 0 };
    check (&ward, LEC_DOCTOR_NO_DECODER, LEC_SEVERITY_DEGRADED, NULL);
    close_ward (&ward);
  }
}

/* So much is lost that no picture comes together. */
static void
test_drowned (void)
{
  Ward ward;
  LecTrackReport *track;

  open_ward (&ward);
  arrive (&ward, 0);
  arrive (&ward, 1);
  track = decode (&ward, 0);
  track->state = LEC_TRACK_WAITING;
  track->wait = LEC_TRACK_WAIT_KEY_FRAME;
  track->wait_ns = 20 * SECOND;
  track->counts.decoded = 0;
  check (&ward, LEC_DOCTOR_NO_KEY_FRAME, LEC_SEVERITY_FATAL,
         "The picture has been waiting for a key frame for 20 s");
  ward.draft->streams[0].stats.lost = 100;
  check (&ward, LEC_DOCTOR_NO_KEY_FRAME, LEC_SEVERITY_FATAL, NULL);
  ward.draft->streams[0].stats.lost = 500;
  check (&ward, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_FATAL,
         "The network loses so much that nothing can be decoded: 500 of 2500 packets (20.00 %)");
  close_ward (&ward);
}

static void
test_stations (void)
{
  Ward ward;

  open_playing (&ward);
  ward.draft->n_stations = 2;
  ward.draft->stations[0] = (LecStationReport){ .address = "10.0.0.1", .is_played = TRUE };
  ward.draft->stations[1] = (LecStationReport){ .address = "10.0.0.2", .received = 9 };
  check (&ward, LEC_DOCTOR_SEVERAL_STATIONS, LEC_SEVERITY_HINT,
         "Another station, 10.0.0.2, sends to the same address; it is kept out. Give");
  ward.draft->n_stations = 3;
  ward.draft->stations[2] = (LecStationReport){ .address = "10.0.0.3", .received = 5 };
  check (&ward, LEC_DOCTOR_SEVERAL_STATIONS, LEC_SEVERITY_HINT,
         "Other stations, 10.0.0.2 and 1 more, send to the same address");
  ward.draft->streams[0].stats.lost = 100; /* of the one that is played */
  check (&ward, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_DEGRADED, NULL);
  close_ward (&ward);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doctor-media/fine", test_fine);
  g_test_add_func ("/doctor-media/paused", test_paused);
  g_test_add_func ("/doctor-media/ciphers", test_ciphers);
  g_test_add_func ("/doctor-media/no-key", test_no_key);
  g_test_add_func ("/doctor-media/payload", test_payload);
  g_test_add_func ("/doctor-media/missing", test_missing);
  g_test_add_func ("/doctor-media/absence", test_absence);
  g_test_add_func ("/doctor-media/what-reports-say", test_what_reports_say);
  g_test_add_func ("/doctor-media/scrambled", test_scrambled);
  g_test_add_func ("/doctor-media/changed", test_changed);
  g_test_add_func ("/doctor-media/here", test_here);
  g_test_add_func ("/doctor-media/partly-filtered", test_partly_filtered);
  g_test_add_func ("/doctor-media/loss", test_loss);
  g_test_add_func ("/doctor-media/damaged", test_damaged);
  g_test_add_func ("/doctor-media/interrupted", test_interrupted);
  g_test_add_func ("/doctor-media/drowned", test_drowned);
  g_test_add_func ("/doctor-media/stations", test_stations);
  return g_test_run ();
}
