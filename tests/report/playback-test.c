/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is said of recorded facts: of one picture, and of several media together. */
#include "report/playback.h"

#include <string.h>

#include "report/doctor.h"
#include "wire/units.h"

#define PLAYING                                                                                    \
  .state = LEC_TRACK_PLAYING, .wait = LEC_TRACK_WAIT_NOTHING, .still_ns = 20 * MSECOND,            \
  .counts = { .packets = 900, .units = 250, .decoded = 250, .shown = 250 },                        \
  .second = { .packets = 90, .units = 25, .decoded = 25, .shown = 25 }

static const struct
{
  const char *name;
  LecTrackReport track; /* a picture of the first stream */
  LecStats stats;       /* of that */
  const char *sentence; /* (nullable) */
  LecError error;
  LecPlayback playback; /* with nothing beside it */
  gboolean hopeless;
} rows[] = {
  { "playing", { PLAYING }, { .received = 900 }, NULL, LEC_ERROR_NONE, LEC_PLAYBACK_ALL },
  { "unwanted",
    { .state = LEC_TRACK_UNWANTED },
    { .received = 900 },
    NULL,
    LEC_ERROR_NONE,
    LEC_PLAYBACK_NOTHING },
  { "just joined",
    { .state = LEC_TRACK_WAITING,
      .wait = LEC_TRACK_WAIT_KEY_FRAME,
      .wait_ns = SECOND,
      .still_ns = -1,
      .counts = { .units = 20 } },
    { .received = 60 },
    NULL,
    LEC_ERROR_NONE,
    LEC_PLAYBACK_NOTHING },
  { "unknown",
    { .state = LEC_TRACK_UNKNOWN, .codec = "AVS3" },
    { .received = 900 },
    "Nothing here can play what this channel sends as “AVS3”. Ask the sender for another format",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING,
    TRUE },
  { "refused",
    { .state = LEC_TRACK_REFUSED, .codec = "SBC" },
    { .received = 900 },
    "Lectern does not play “SBC” on purpose: what reads it is not safe with damaged packets. Ask "
    "the sender for another format",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING,
    TRUE },
  { "no decoder",
    { .state = LEC_TRACK_NO_DECODER, .codec = "H.264", .package = "gstreamer1.0-libav" },
    { .received = 900 },
    "This computer has no decoder for the picture (H.264). Install the package gstreamer1.0-libav "
    "(as it is called on Debian and Ubuntu), which has one for GStreamer",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING,
    TRUE },
  { "no decoder, no package",
    { .state = LEC_TRACK_NO_DECODER, .codec = "H.264" },
    { .received = 900 },
    "This computer has no decoder for the picture (H.264). Install GStreamer plugins that have "
    "one, "
    "or ask the sender for another format",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING,
    TRUE },
  { "scrambled",
    { .state = LEC_TRACK_SCRAMBLED, .ca_system = "Irdeto" },
    { .received = 900 },
    "The picture is scrambled by Irdeto: it can be seen only where that can be descrambled. "
    "Ask the sender for a channel that is not scrambled",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING },
  { "scrambled by somebody",
    { .state = LEC_TRACK_SCRAMBLED },
    { .received = 900 },
    "The picture is scrambled: it can be seen only where that can be descrambled. Ask the sender "
    "for "
    "a channel that is not scrambled",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING },
  { "protected",
    { .state = LEC_TRACK_PROTECTED, .ca_system = "Windows Media DRM" },
    { .received = 900 },
    "It is protected by Windows Media DRM, so that it cannot be played here. Ask the sender for "
    "one that is not",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING,
    TRUE },
  { "encrypted",
    { .state = LEC_TRACK_WAITING, .wait = LEC_TRACK_WAIT_UNITS, .wait_ns = 3 * SECOND },
    { .received = 900, .encrypted = TRUE },
    "Picture: what arrives is encrypted (SRTP), but the announcement gives no key. Ask the sender "
    "for an announcement with the key (a=crypto)",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING },
  /* as a decoder of Opus does with any bytes */
  { "noise",
    { PLAYING },
    { .received = 900, .encrypted = TRUE },
    "Picture: what arrives is encrypted (SRTP), but the announcement gives no key. Ask the sender "
    "for an announcement with the key (a=crypto)",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_PART },
  { "undescribed",
    { .state = LEC_TRACK_UNDESCRIBED },
    { .received = 900 },
    "The picture cannot be decoded: its description in the announcement is incomplete or wrong. "
    "Ask the sender for a newer announcement",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING,
    TRUE },
  { "no parameter sets",
    { .state = LEC_TRACK_WAITING, .wait = LEC_TRACK_WAIT_PARAMETER_SETS, .wait_ns = 4 * SECOND },
    { .received = 900 },
    "The picture has been waiting for its parameter sets for 4 s: the station sends them too "
    "seldom and the announcement does not have them, or it is not what was announced. Ask the "
    "sender for an announcement that has them (sprop-parameter-sets)",
    LEC_ERROR_NONE,
    LEC_PLAYBACK_NOTHING },
  { "no key frame",
    { .state = LEC_TRACK_WAITING,
      .wait = LEC_TRACK_WAIT_KEY_FRAME,
      .wait_ns = 7 * SECOND,
      .counts.parameter_sets = 9 },
    { .received = 900 },
    "The picture has been waiting for a key frame for 7 s. Wait for the next one; if that takes "
    "long, ask the sender for one every two seconds",
    LEC_ERROR_NONE,
    LEC_PLAYBACK_NOTHING },
  { "no key frame, and perhaps another codec",
    { .state = LEC_TRACK_WAITING, .wait = LEC_TRACK_WAIT_KEY_FRAME, .wait_ns = 7 * SECOND },
    { .received = 900 },
    "The picture has been waiting for a key frame for 7 s: either the station sends them too "
    "seldom, or what comes is not what was announced. Wait for the next one; if that takes long, "
    "ask the sender for one every two seconds",
    LEC_ERROR_NONE,
    LEC_PLAYBACK_NOTHING },
  { "refresh",
    { .state = LEC_TRACK_WAITING, .wait = LEC_TRACK_WAIT_RECOVERY, .wait_ns = 2 * SECOND },
    { .received = 900 },
    "The picture is being refreshed bit by bit, for 2 s so far",
    LEC_ERROR_NONE,
    LEC_PLAYBACK_NOTHING },
  { "nothing decoded",
    { .state = LEC_TRACK_WAITING, .wait = LEC_TRACK_WAIT_DECODER, .wait_ns = 3 * SECOND },
    { .received = 900 },
    "Nothing of the picture can be decoded, although its packets arrive: they may be damaged, "
    "encrypted, or not what was announced. The announcement may be out of date: ask the sender for "
    "a "
    "newer one",
    LEC_ERROR_UNSUPPORTED,
    LEC_PLAYBACK_NOTHING },
  { "frozen",
    { .state = LEC_TRACK_STALLED,
      .still_ns = 4200 * MSECOND,
      .counts = { .units = 250, .decoded = 150 },
      .second = { .packets = 90, .units = 25 } },
    { .received = 900 },
    "The picture has stood still for 4 s while packets arrive. Open the channel again; if that "
    "does not help, ask "
    "whoever runs the station",
    LEC_ERROR_NONE,
    LEC_PLAYBACK_PART },
  { "just found frozen",
    { .state = LEC_TRACK_STALLED,
      .still_ns = 300 * MSECOND,
      .counts = { .units = 250, .decoded = 150 },
      .second = { .packets = 90, .units = 25 } },
    { .received = 900 },
    "The picture has stood still for 1 s while packets arrive. Open the channel again; if that "
    "does not help, ask "
    "whoever runs the station",
    LEC_ERROR_NONE,
    LEC_PLAYBACK_PART },
  { "about to be found frozen",
    { .state = LEC_TRACK_PLAYING,
      .still_ns = 1600 * MSECOND,
      .counts = { .units = 250, .decoded = 150 },
      .second = { .packets = 90, .units = 25 } },
    { .received = 900 },
    "The picture has stood still for 1 s while packets arrive. Open the channel again; if that "
    "does not help, ask "
    "whoever runs the station",
    LEC_ERROR_NONE,
    LEC_PLAYBACK_PART },
  { "packets without a picture",
    { .state = LEC_TRACK_PLAYING,
      .still_ns = 6 * SECOND,
      .counts = { .units = 250, .decoded = 250 },
      .second = { .packets = 90 } },
    { .received = 900 },
    "The picture has stood still for 6 s while packets arrive. Open the channel again; if that "
    "does not help, ask "
    "whoever runs the station",
    LEC_ERROR_NONE,
    LEC_PLAYBACK_PART },
  /* sent again every ten seconds, and nothing in between */
  { "slide",
    { .state = LEC_TRACK_PLAYING, .still_ns = 9 * SECOND, .counts = { .units = 5, .decoded = 5 } },
    { .received = 900 },
    NULL,
    LEC_ERROR_NONE,
    LEC_PLAYBACK_ALL },
  /* on its way, over some seconds */
  { "large slide",
    { .state = LEC_TRACK_PLAYING,
      .still_ns = 4 * SECOND,
      .counts = { .units = 5, .decoded = 5 },
      .second = { .packets = 80 } },
    { .received = 900 },
    NULL,
    LEC_ERROR_NONE,
    LEC_PLAYBACK_ALL },
};

static LecReportDraft *
new_draft (guint n_streams)
{
  LecReportDraft *draft = lec_report_draft_new (n_streams);

  draft->joined_ns = 5000 * SECOND; /* the computer has been up for a while */
  draft->now_ns = draft->joined_ns + 30 * SECOND;
  return draft;
}

static void
add (LecReportDraft *draft, guint stream, LecMedia media, const LecTrackReport *track)
{
  LecTrackReport *added = lec_report_draft_add_track (draft);

  *added = *track;
  added->media = media;
  added->stream = stream;
}

static void
check (LecReport *report, const char *expected, LecError code)
{
  const LecDoctorCase facts = { .report = report, .reception = lec_reception_read (report) };
  g_auto (LecDiagnosis) diagnosis = { 0 };
  const gboolean is_troubled = lec_doctor_examine_media (&facts, &diagnosis);
  g_autofree char *message = is_troubled ? lec_diagnosis_dup_message (&diagnosis) : NULL;

  g_assert_cmpstr (message, ==, expected);
  g_assert_cmpint (diagnosis.error, ==, code);
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecReportDraft *draft = new_draft (1);
    g_autoptr (LecReport) report = NULL;

    g_test_message ("%s", rows[i].name);
    draft->streams[0].stats = rows[i].stats;
    add (draft, 0, LEC_MEDIA_VIDEO, &rows[i].track);
    report = lec_report_draft_finish (draft);
    check (report, rows[i].sentence, rows[i].error);
    g_assert_cmpint (lec_playback_of (report), ==, rows[i].playback);
    g_assert_cmpint (lec_playback_is_hopeless (report), ==, rows[i].hopeless);
  }
}

/* Until the latency has grown to what repair needs, nothing is decoded: that is no fault. */
static void
test_grown (void)
{
  static const struct
  {
    gint64 latency_ns, still_ns;
    const char *sentence;
  } grown[] = {
    { 1980 * MSECOND, 1900 * MSECOND, NULL },
    { 1980 * MSECOND, 2600 * MSECOND,
      "The picture has stood still for 2 s while packets arrive. Open the channel again; if that "
      "does not help, ask whoever runs the station" },
  };
  LecTrackReport track = { .state = LEC_TRACK_PLAYING,
                           .counts = { .units = 250, .decoded = 150 },
                           .second = { .packets = 90, .units = 25 } };

  for (guint i = 0; i < G_N_ELEMENTS (grown); i++) {
    LecReportDraft *draft = new_draft (1);
    g_autoptr (LecReport) report = NULL;

    draft->latency_ns = grown[i].latency_ns;
    draft->streams[0].stats.received = 900;
    track.still_ns = grown[i].still_ns;
    add (draft, 0, LEC_MEDIA_VIDEO, &track);
    report = lec_report_draft_finish (draft);
    check (report, grown[i].sentence, LEC_ERROR_NONE);
  }
}

/* Each medium has its own word, and what is in the way of one is not in the way of the other. */
static void
test_together (void)
{
  const LecTrackReport playing = { PLAYING };
  const LecTrackReport missing
      = { .state = LEC_TRACK_NO_DECODER, .codec = "AAC", .package = "gstreamer1.0-libav" };
  const LecTrackReport frozen = { .state = LEC_TRACK_STALLED,
                                  .still_ns = 5 * SECOND,
                                  .counts = { .units = 9, .decoded = 3 } };

  for (guint i = 0; i < 2; i++) {
    LecReportDraft *draft = new_draft (2);
    g_autoptr (LecReport) report = NULL;

    draft->streams[0].stats.received = draft->streams[1].stats.received = 100;
    add (draft, 0, LEC_MEDIA_VIDEO, i == 0 ? &playing : &frozen);
    add (draft, 1, LEC_MEDIA_AUDIO, &missing);
    report = lec_report_draft_finish (draft);
    if (i == 0)
      check (report,
             "This computer has no decoder for the sound (AAC). Install the package "
             "gstreamer1.0-libav (as it is called on Debian and Ubuntu), which has one for "
             "GStreamer",
             LEC_ERROR_UNSUPPORTED);
    else
      check (
          report,
          "This computer has no decoder for the sound (AAC). The picture has stood still for 5 s "
          "while packets arrive. Install the package gstreamer1.0-libav (as it is called on "
          "Debian and Ubuntu), which has one for GStreamer. Open the channel again; if that "
          "does not help, ask whoever runs the station",
          LEC_ERROR_UNSUPPORTED);
    g_assert_cmpint (lec_playback_of (report), ==, LEC_PLAYBACK_PART);
    g_assert_false (lec_playback_is_hopeless (report));
  }
}

/* It is said once of all media; and of a multicast station the next entry may be free. */
static void
test_protected (void)
{
  const LecTrackReport track = { .state = LEC_TRACK_PROTECTED, .ca_system = "Windows Media DRM" };

  for (guint i = 0; i < 2; i++) {
    LecReportDraft *draft = new_draft (1);
    g_autoptr (LecReport) report = NULL;

    draft->msb = i == 0 ? LEC_MSB_STATE_NONE : LEC_MSB_STATE_PLAYING;
    draft->streams[0].stats.received = 100;
    add (draft, 0, LEC_MEDIA_VIDEO, &track);
    add (draft, 0, LEC_MEDIA_AUDIO, &track);
    report = lec_report_draft_finish (draft);
    check (report,
           "It is protected by Windows Media DRM, so that it cannot be played here. Ask the sender "
           "for one that is not",
           LEC_ERROR_UNSUPPORTED);
    g_assert_cmpint (lec_playback_is_hopeless (report), ==, i == 0);
  }
}

/* Nobody types all the time; but where there is nothing else, it is what the channel has. */
static void
test_text (void)
{
  static const struct
  {
    gboolean has_picture;
    guint64 texts;
    LecPlayback playback;
  } cases[] = {
    { TRUE, 0, LEC_PLAYBACK_ALL },
    { TRUE, 9, LEC_PLAYBACK_ALL },
    { FALSE, 0, LEC_PLAYBACK_NOTHING },
    { FALSE, 9, LEC_PLAYBACK_ALL },
  };
  const LecTrackReport playing = { PLAYING };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const LecTrackReport text = { .state = LEC_TRACK_WAITING,
                                  .wait_ns = 60 * SECOND,
                                  .still_ns = -1,
                                  .counts = { .decoded = cases[i].texts } };
    LecReportDraft *draft = new_draft (2);
    g_autoptr (LecReport) report = NULL;

    draft->streams[0].stats.received = 100;
    draft->streams[1].media = LEC_MEDIA_TEXT;
    add (draft, 1, LEC_MEDIA_TEXT, &text);
    if (cases[i].has_picture)
      add (draft, 0, LEC_MEDIA_VIDEO, &playing);
    report = lec_report_draft_finish (draft);
    check (report, NULL, LEC_ERROR_NONE);
    g_assert_cmpint (lec_playback_of (report), ==, cases[i].playback);
  }
}

/* One of the streams does not come at all; after three seconds that is no accident. */
static void
test_absent (void)
{
  const LecTrackReport playing = { PLAYING };
  const LecTrackReport nothing = { .still_ns = -1 };

  for (guint seconds = 2; seconds < 4; seconds++) {
    LecReportDraft *draft = new_draft (2);
    g_autoptr (LecReport) report = NULL;

    draft->now_ns = draft->joined_ns + seconds * SECOND;
    draft->streams[0].stats.received = 100;
    draft->streams[1].media = LEC_MEDIA_AUDIO;
    g_strlcpy (draft->streams[1].legs[0].group, "239.1.1.2", LEC_REPORT_ADDRESS);
    draft->streams[1].legs[0].port = 5006;
    add (draft, 0, LEC_MEDIA_VIDEO, &playing);
    add (draft, 1, LEC_MEDIA_AUDIO, &nothing);
    report = lec_report_draft_finish (draft);
    check (report,
           seconds < 3
               ? NULL
               : "Sound: nothing arrives from 239.1.1.2:5006, while the rest of the channel "
                 "does. Either the station does not send it, or the network does not "
                 "forward this group: ask whoever runs the station",
           seconds < 3 ? LEC_ERROR_NONE : LEC_ERROR_SILENT);
    g_assert_cmpint (lec_playback_of (report), ==, LEC_PLAYBACK_PART);
  }
}

/* One of them does not come any more: what came 25 times a second, and never stayed away, is missed
 * after three seconds, what came every two seconds is not. */
static void
test_gone (void)
{
  static const struct
  {
    guint64 decoded;
    gint64 still_ns, pause_ns;
    guint64 packets; /* of the other one, in the last second */
    const char *sentence;
  } cases[] = {
    { 500, 3 * SECOND, 0, 50,
      "Nothing of the picture has come for 3 s, while other media arrive. Either the station does "
      "not "
      "send it any more, or the network does not forward it: ask whoever runs the station" },
    { 500, 6 * SECOND, SECOND, 50,
      "Nothing of the picture has come for 6 s, while other media arrive. Either the station does "
      "not "
      "send it any more, or the network does not forward it: ask whoever runs the station" },
    { 500, 4 * SECOND, SECOND, 50, NULL },
    { 500, 6 * SECOND, 2 * SECOND, 50, NULL },
    { 12, 6 * SECOND, 0, 50, NULL },
    { 500, 6 * SECOND, 0, 0, NULL }, /* then that is said of the channel */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const LecTrackReport gone = { .state = LEC_TRACK_PLAYING,
                                  .wait = LEC_TRACK_WAIT_NOTHING,
                                  .still_ns = cases[i].still_ns,
                                  .pause_ns = cases[i].pause_ns,
                                  .counts = { .packets = 900, .decoded = cases[i].decoded } };
    LecTrackReport sound = { PLAYING };
    LecReportDraft *draft = new_draft (2);
    g_autoptr (LecReport) report = NULL;

    sound.second.packets = cases[i].packets;
    draft->streams[0].stats.received = draft->streams[1].stats.received = 900;
    add (draft, 0, LEC_MEDIA_VIDEO, &gone);
    add (draft, 1, LEC_MEDIA_AUDIO, &sound);
    report = lec_report_draft_finish (draft);
    check (report, cases[i].sentence, LEC_ERROR_NONE);
    g_assert_cmpint (lec_playback_of (report), ==,
                     cases[i].sentence != NULL ? LEC_PLAYBACK_PART : LEC_PLAYBACK_ALL);
  }
}

/* Where nothing comes of any, that is said of the channel. */
static void
test_silence (void)
{
  const LecTrackReport nothing = { .still_ns = -1 };
  LecReportDraft *draft = new_draft (1);
  g_autoptr (LecReport) report = NULL;

  add (draft, 0, LEC_MEDIA_VIDEO, &nothing);
  report = lec_report_draft_finish (draft);
  check (report, NULL, LEC_ERROR_NONE);
  g_assert_cmpint (lec_playback_of (report), ==, LEC_PLAYBACK_NOTHING);
}

/* Packets that all come are no good signal where nothing is to be seen. */
static void
test_judge (void)
{
  const LecTrackReport playing = { PLAYING };
  const LecTrackReport frozen = { .state = LEC_TRACK_STALLED, .counts = { .decoded = 3 } };
  const LecTrackReport waiting = { .state = LEC_TRACK_WAITING };
  const struct
  {
    const LecTrackReport *track;
    LecVerdict verdict, judged;
  } cases[] = {
    { &playing, LEC_VERDICT_GOOD, LEC_VERDICT_GOOD },
    { &playing, LEC_VERDICT_BAD, LEC_VERDICT_BAD },
    { &frozen, LEC_VERDICT_GOOD, LEC_VERDICT_BAD },
    { &frozen, LEC_VERDICT_ENDED, LEC_VERDICT_ENDED },
    { &waiting, LEC_VERDICT_GOOD, LEC_VERDICT_BAD },
    { &waiting, LEC_VERDICT_NOTHING, LEC_VERDICT_NOTHING },
    { NULL, LEC_VERDICT_GOOD, LEC_VERDICT_GOOD }, /* nothing is decoded on purpose */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LecReportDraft *draft = new_draft (1);
    g_autoptr (LecReport) report = NULL;

    if (cases[i].track != NULL)
      add (draft, 0, LEC_MEDIA_VIDEO, cases[i].track);
    report = lec_report_draft_finish (draft);
    g_assert_cmpint (lec_playback_judge (report, cases[i].verdict), ==, cases[i].judged);
  }
  g_assert_cmpint (lec_playback_judge (NULL, LEC_VERDICT_NOTHING), ==, LEC_VERDICT_NOTHING);
}

/* ---- transport streams of which nothing comes ---- */

static const struct
{
  const char *name;
  LecTsStats ts;
  const char *sentence; /* (nullable) */
} streams[] = {
  { "nothing", { .chosen = -1 }, NULL },
  { "program stream",
    { .chosen = -1, .is_program_stream = TRUE },
    "What comes is an MPEG program stream, and no transport stream. Ask the sender for MPEG-TS" },
  { "no tables",
    { .packets = 700, .chosen = -1 },
    "The transport stream has no program table (PAT), which tells what is in it. Ask the sender "
    "for "
    "MPEG-TS with its tables" },
  { "no map",
    { .packets = 700, .chosen = -1, .has_pat = TRUE, .n_programs = 1 },
    "The transport stream has no program map (PMT), which tells where its media are. Ask the "
    "sender "
    "for MPEG-TS with its tables" },
  { "not that program",
    { .packets = 700,
      .chosen = -1,
      .has_pat = TRUE,
      .has_pmt = TRUE,
      .wanted = 9,
      .n_programs = 2,
      .programs = { { .number = 3 }, { .number = 5 } } },
    "Program 9 is not in this transport stream, which has 3, 5. Open one of those, or ask the "
    "sender "
    "for a newer announcement" },
  { "empty program",
    { .packets = 700,
      .chosen = 0,
      .has_pat = TRUE,
      .has_pmt = TRUE,
      .n_programs = 1,
      .programs = { { .number = 3, .has_pmt = TRUE } } },
    "The program 3 has no media. Ask whoever runs the station" },
  { "fine",
    { .packets = 700,
      .chosen = 0,
      .has_pat = TRUE,
      .has_pmt = TRUE,
      .n_programs = 1,
      .programs = { { .number = 3, .has_pmt = TRUE, .n_streams = 1 } } },
    NULL },
};

static void
test_streams (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++) {
    LecReportDraft *draft = new_draft (1);
    g_autoptr (LecReport) report = NULL;

    g_test_message ("%s", streams[i].name);
    draft->streams[0].ts = streams[i].ts;
    draft->streams[0].stats.first_packet_ns = SECOND;
    report = lec_report_draft_finish (draft);
    check (report, streams[i].sentence, LEC_ERROR_NONE);
    /* tables may take a moment */
    draft->now_ns = draft->joined_ns + 2 * SECOND;
    check (report, NULL, LEC_ERROR_NONE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/playback/rows", test_rows);
  g_test_add_func ("/playback/grown", test_grown);
  g_test_add_func ("/playback/together", test_together);
  g_test_add_func ("/playback/text", test_text);
  g_test_add_func ("/playback/absent", test_absent);
  g_test_add_func ("/playback/protected", test_protected);
  g_test_add_func ("/playback/gone", test_gone);
  g_test_add_func ("/playback/silence", test_silence);
  g_test_add_func ("/playback/judge", test_judge);
  g_test_add_func ("/playback/streams", test_streams);
  return g_test_run ();
}
