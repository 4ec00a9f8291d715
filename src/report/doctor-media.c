/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/doctor-media.h"

#include <glib/gi18n-lib.h>

#include "channel/profile.h"
#include "report/fields.h"
#include "report/playback.h"
#include "report/verdict.h"
#include "wire/units.h"

#define LASTING_NS (3 * SECOND) /* less may be an accident */
#define LASTING_US (LASTING_NS / 1000)
#define UNDECIDED 64         /* packets that say whether they are encrypted */
#define GONE_NS (5 * SECOND) /* of sound, which comes steadily */
#define STEADY 100           /* [packets] */
#define DROWNING_LOSS 0.1    /* of which hardly a picture comes together */
#define BURST 3              /* [packets] in a row, on average */
#define BURST_WIRELESS 2
#define BURSTS 4  /* so few may be an accident */
#define FULL 0.85 /* of what an interface carries: the rest are headers and others */
#define ALL_OF (LEC_PHASE_UNSEEN | LEC_PHASE_PLAYING)

/* ---- the station ---- */

static gboolean
is_paused (LecExam *exam)
{
  return lec_reception_is_paused (exam->reception) && exam->reception->msb == LEC_MSB_STATE_NONE
         && !lec_reception_has_ended (exam->reception);
}

/* The first packet may be on its way. */
static gboolean
is_paused_at_join (LecExam *exam)
{
  return is_paused (exam) && exam->facts->awaited_us >= LASTING_US;
}

/* ---- what it sends ---- */

/* Finds the first stream that is so. */
static gboolean
find_stream (LecExam *exam, gboolean (*is_so) (const LecExam *exam, const LecStreamReport *stream))
{
  LecReport *report = exam->facts->report;

  for (guint i = 0; report != NULL && i < report->n_streams; i++) {
    if (is_so (exam, &report->streams[i])) {
      exam->stream = &report->streams[i];
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_locked_stream (const LecStreamReport *stream)
{
  return stream->stats.decrypt_failed > 0 && stream->stats.out == 0
         && stream->stats.decrypt_failed > stream->stats.discarded;
}

static gboolean
is_clear_stream (const LecExam *exam, const LecStreamReport *stream)
{
  return is_locked_stream (stream) && stream->stats.locked == LEC_LOCKED_CLEAR;
}

static gboolean
is_clear (LecExam *exam)
{
  return find_stream (exam, is_clear_stream);
}

static gboolean
is_of_other_key_stream (const LecExam *exam, const LecStreamReport *stream)
{
  return is_locked_stream (stream) && stream->stats.locked == LEC_LOCKED_ENCRYPTED;
}

static gboolean
is_of_other_key (LecExam *exam)
{
  return find_stream (exam, is_of_other_key_stream);
}

static gboolean
is_undecided_stream (const LecExam *exam, const LecStreamReport *stream)
{
  return is_locked_stream (stream) && stream->stats.decrypt_failed < UNDECIDED
         && lec_report_get_age (exam->facts->report,
                                exam->facts->report->joined_ns + stream->stats.first_packet_ns)
                < LASTING_NS;
}

static gboolean
is_undecided (LecExam *exam)
{
  return find_stream (exam, is_undecided_stream);
}

static gboolean
is_any_locked_stream (const LecExam *exam, const LecStreamReport *stream)
{
  return is_locked_stream (stream);
}

static gboolean
is_locked (LecExam *exam)
{
  return find_stream (exam, is_any_locked_stream);
}

static gboolean
is_encrypted_stream (const LecExam *exam, const LecStreamReport *stream)
{
  return stream->stats.encrypted;
}

static gboolean
is_encrypted (LecExam *exam)
{
  return find_stream (exam, is_encrypted_stream);
}

/* What was announced of @stream, which is one of the report. Returns: (nullable) */
static const LecStream *
get_promise (const LecExam *exam, const LecStreamReport *stream)
{
  const LecAlternative *alternative = exam->facts->alternative;
  const guint index = (guint) (stream - exam->facts->report->streams);

  return alternative != NULL && alternative->kind == LEC_KIND_RTP
                 && index < alternative->streams->len
             ? g_ptr_array_index (alternative->streams, index)
             : NULL;
}

static gboolean
is_other_stream (const LecExam *exam, const LecStreamReport *stream)
{
  const LecStats *stats = &stream->stats;
  const LecStream *promise = get_promise (exam, stream);

  if (promise == NULL || promise->payloads->len == 0 || stats->out > 0
      || stats->decrypt_failed > stats->discarded || 2 * stats->malformed > stats->discarded
      || stats->discarded + stats->aside == 0)
    return FALSE;
  for (guint i = 0; i < promise->payloads->len; i++) {
    if (((LecPayload *) g_ptr_array_index (promise->payloads, i))->payload == stats->payload)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_other (LecExam *exam)
{
  return find_stream (exam, is_other_stream);
}

/* A static payload type has a meaning of its own (RFC 3551, section 6). */
static gboolean
is_other_and_known (LecExam *exam)
{
  return is_other (exam) && lec_profile_lookup (exam->stream->stats.payload) != NULL;
}

static gboolean
is_malformed_stream (const LecExam *exam, const LecStreamReport *stream)
{
  return stream->stats.out == 0 && stream->stats.malformed > 0
         && 2 * stream->stats.malformed > stream->stats.discarded;
}

/* Of the channel as a whole, its own rules say what it is instead. */
static gboolean
is_malformed (LecExam *exam)
{
  return find_stream (exam, is_malformed_stream);
}

static gboolean
is_missing_stream (const LecExam *exam, const LecStreamReport *stream)
{
  return lec_reception_is_missing (exam->facts->report, stream);
}

static gboolean
is_missing (LecExam *exam)
{
  return find_stream (exam, is_missing_stream);
}

static gboolean
is_gone_stream (const LecExam *exam, const LecStreamReport *stream)
{
  LecReport *report = exam->facts->report;

  return stream->media == LEC_MEDIA_AUDIO && stream->stats.out >= STEADY
         && lec_report_get_age (report, stream->stats.last_packet_ns) >= GONE_NS;
}

/* While others come, as otherwise it is another phase. */
static gboolean
is_gone (LecExam *exam)
{
  return find_stream (exam, is_gone_stream);
}

/* Where nothing is decoded, nobody else says so. */
static gboolean
is_scrambled_stream (const LecExam *exam, const LecStreamReport *stream)
{
  const LecTsProgramStats *program = lec_stream_report_get_program (stream);

  for (guint i = 0; program != NULL && i < program->n_streams; i++) {
    const LecTsStreamStats *inside = &program->streams[i];

    if ((inside->media == LEC_MEDIA_VIDEO || inside->media == LEC_MEDIA_AUDIO)
        && inside->scrambled > 0 && inside->scrambled * 2 > inside->packets)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_scrambled (LecExam *exam)
{
  return exam->facts->report != NULL && exam->facts->report->n_tracks == 0
         && find_stream (exam, is_scrambled_stream);
}

/* ---- what becomes of it ---- */

static gboolean
is_unseen (LecExam *exam)
{
  LecReport *report = exam->facts->report;

  for (guint i = 0; report != NULL && i < report->n_tracks; i++) {
    const LecTrackReport *track = &report->tracks[i];

    if (track->media == LEC_MEDIA_VIDEO && track->state == LEC_TRACK_PLAYING
        && track->unseen_ns >= LASTING_NS) {
      exam->track = track;
      return TRUE;
    }
  }
  return FALSE;
}

/* Whether media are missing for a reason that no loss makes. */
static gboolean
has_own_trouble (const LecExam *exam)
{
  g_auto (LecDiagnosis) trouble = { 0 };

  if (exam->facts->report == NULL || !lec_playback_diagnose (exam->facts->report, &trouble))
    return FALSE;
  switch ((int) trouble.code) {
  case LEC_DOCTOR_UNKNOWN_CODEC:
  case LEC_DOCTOR_NO_DECODER:
  case LEC_DOCTOR_SCRAMBLED:
  case LEC_DOCTOR_PROTECTED:
  case LEC_DOCTOR_KEY_MISSING:
  case LEC_DOCTOR_UNDESCRIBED:
  case LEC_DOCTOR_STREAM_MISSING:
    return TRUE;
  default:
    return FALSE;
  }
}

/* What does not arrive cannot be decoded in time; so it is this computer only while all arrives. */
static gboolean
is_too_slow (LecExam *exam)
{
  LecReport *report = exam->facts->report;

  if (report == NULL || lec_reception_get_loss (exam->recent) >= LEC_RECEPTION_BAD_LOSS
      || has_own_trouble (exam))
    return FALSE;
  for (guint i = 0; i < report->n_tracks; i++) {
    if (report->tracks[i].media == LEC_MEDIA_VIDEO && report->tracks[i].dropping_ns >= LASTING_NS) {
      exam->track = &report->tracks[i];
      return TRUE;
    }
  }
  return FALSE;
}

/* ---- the way ---- */

static gboolean
is_most (const LecExam *exam, guint64 part)
{
  return lec_reception_is_greatest (exam->recent, part) && !has_own_trouble (exam);
}

static gboolean
lacks_buffer (LecExam *exam)
{
  return is_most (exam, exam->recent->sum.lost_local) && exam->recent->network.buffer_refused > 0;
}

/* The buffer is as large as it is to be. */
static gboolean
is_held_up (LecExam *exam)
{
  return is_most (exam, exam->recent->sum.lost_local) && exam->recent->network.buffer_refused == 0;
}

static gboolean
is_lossy (const LecExam *exam)
{
  return is_most (exam, exam->recent->sum.lost);
}

static gboolean
is_full (LecExam *exam)
{
  const LecNetworkReport *network = &exam->reception->network;

  return is_lossy (exam) && lec_reception_get_loss (exam->recent) >= LEC_RECEPTION_BAD_LOSS
         && network->speed > 0 && (double) network->rate >= FULL * 1e6 * network->speed;
}

static gboolean
is_capped (LecExam *exam)
{
  return is_lossy (exam) && exam->reception->network.capped;
}

static gboolean
comes_in_bursts (const LecExam *exam, guint least)
{
  const LecStats *sum = &exam->recent->sum;

  return is_lossy (exam) && lec_reception_get_loss (exam->recent) >= LEC_RECEPTION_BAD_LOSS
         && sum->gaps >= BURSTS && sum->lost >= least * sum->gaps;
}

static gboolean
is_bursty_wireless (LecExam *exam)
{
  return exam->reception->network.wireless && comes_in_bursts (exam, BURST_WIRELESS);
}

static gboolean
is_bursty (LecExam *exam)
{
  return comes_in_bursts (exam, BURST);
}

static gboolean
is_lost (LecExam *exam)
{
  return is_lossy (exam);
}

static gboolean
is_drowned (LecExam *exam)
{
  return is_lossy (exam) && lec_reception_get_loss (exam->recent) >= DROWNING_LOSS
         && exam->facts->awaited_us >= LASTING_US;
}

/* ---- hints, while all is well ---- */

gboolean
lec_doctor_is_well (const LecExam *exam)
{
  g_auto (LecDiagnosis) trouble = { 0 };
  LecReport *report = exam->facts->report;

  return lec_verdict_of (exam->recent) == LEC_VERDICT_GOOD
         && (report == NULL || !lec_playback_diagnose (report, &trouble));
}

static gboolean
has_rival (LecExam *exam)
{
  return exam->reception->others == 1 && lec_doctor_is_well (exam);
}

static gboolean
has_rivals (LecExam *exam)
{
  return exam->reception->others > 1 && lec_doctor_is_well (exam);
}

static gboolean
is_bare_ts (LecExam *exam)
{
  return exam->reception->found == LEC_FOUND_BARE_TS && lec_doctor_is_well (exam);
}

static gboolean
is_other_ts (LecExam *exam)
{
  return exam->reception->found == LEC_FOUND_OTHER_TS && lec_doctor_is_well (exam);
}

static gboolean
is_rtp (LecExam *exam)
{
  return exam->reception->found == LEC_FOUND_RTP && lec_doctor_is_well (exam);
}

/* ---- the table ---- */

const LecDoctorRule lec_doctor_media_rules[] = {
  /* the station */
  { LEC_PHASE_NOTHING, is_paused_at_join, LEC_DOCTOR_PAUSED, LEC_SEVERITY_FATAL,
    N_ ("The station is there, but sends neither picture nor sound at the moment: only its reports "
        "(RTCP) arrive from {place}"),
    N_ ("Wait until it begins, or ask whoever runs the station"), LEC_ERROR_SILENT },
  { LEC_PHASE_SILENT, is_paused, LEC_DOCTOR_PAUSED, LEC_SEVERITY_FATAL,
    N_ ("The station is there, but has sent neither picture nor sound for {seconds} s: only its "
        "reports (RTCP) arrive"),
    N_ ("Wait until it goes on, or ask whoever runs the station"), LEC_ERROR_SILENT },
  /* what it sends */
  { ALL_OF, is_clear, LEC_DOCTOR_NOT_ENCRYPTED, LEC_SEVERITY_FATAL,
    N_ ("{stream}: what arrives is not encrypted, although the announcement says that it is "
        "(SRTP)"),
    N_ ("Ask the sender for an announcement without a=crypto, or to encrypt again"),
    LEC_ERROR_UNSUPPORTED },
  { ALL_OF, is_of_other_key, LEC_DOCTOR_KEY_WRONG, LEC_SEVERITY_FATAL,
    N_ ("{stream}: what arrives is encrypted (SRTP), but not with the announced key"),
    N_ ("Ask the sender for the newest announcement"), LEC_ERROR_UNSUPPORTED },
  { ALL_OF, is_undecided, LEC_DOCTOR_WAITING, LEC_SEVERITY_HINT,
    N_ ("{stream}: packets arrive that the announced key does not open"), NULL, LEC_ERROR_NONE },
  { ALL_OF, is_locked, LEC_DOCTOR_KEY_WRONG, LEC_SEVERITY_FATAL,
    N_ ("{stream}: the announced key does not open what arrives: either it is encrypted with "
        "another key, or not at all"),
    N_ ("Ask the sender for the newest announcement"), LEC_ERROR_UNSUPPORTED },
  { ALL_OF, is_encrypted, LEC_DOCTOR_KEY_MISSING, LEC_SEVERITY_FATAL,
    N_ ("{stream}: what arrives is encrypted (SRTP), but the announcement gives no key"),
    N_ ("Ask the sender for an announcement with the key (a=crypto)"), LEC_ERROR_UNSUPPORTED },
  { ALL_OF, is_other_and_known, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_FATAL,
    N_ ("{stream}: payload type {arriving} ({arriving-name}) arrives, but the announcement says "
        "{announced}"),
    N_ ("The announcement may be out of date: ask the sender for a newer one"),
    LEC_ERROR_UNSUPPORTED },
  { ALL_OF, is_other, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_FATAL,
    N_ ("{stream}: payload type {arriving} arrives, but the announcement says {announced}"),
    N_ ("The announcement may be out of date: ask the sender for a newer one"),
    LEC_ERROR_UNSUPPORTED },
  { LEC_PHASE_PLAYING, is_malformed, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_DEGRADED,
    N_ ("{stream}: what arrives from {stream-place} is neither RTP nor an MPEG transport stream"),
    N_ ("Ask the sender for RTP or MPEG-TS"), LEC_ERROR_UNSUPPORTED },
  { ALL_OF, is_scrambled, LEC_DOCTOR_SCRAMBLED, LEC_SEVERITY_FATAL,
    N_ ("What arrives is scrambled: it can be seen only where that can be descrambled"), NULL,
    LEC_ERROR_UNSUPPORTED },
  { ALL_OF, is_missing, LEC_DOCTOR_STREAM_MISSING, LEC_SEVERITY_DEGRADED,
    N_ ("{stream}: nothing arrives from {stream-place}, while the rest of the channel does"),
    N_ ("Either the station does not send it, or the network does not forward this group: ask "
        "whoever runs the station"),
    LEC_ERROR_NONE },
  { ALL_OF, is_gone, LEC_DOCTOR_STREAM_MISSING, LEC_SEVERITY_DEGRADED,
    N_ ("{stream}: nothing has arrived from {stream-place} for {stream-silent} s, while the rest "
        "of the channel does"),
    N_ ("Either the station does not send it any more, or the network does not forward this group: "
        "ask whoever runs the station"),
    LEC_ERROR_NONE },
  /* what becomes of it */
  { LEC_PHASE_PLAYING, is_unseen, LEC_DOCTOR_NOT_SHOWN, LEC_SEVERITY_DEGRADED,
    N_ ("The picture is decoded, but has not been shown for {unseen} s"),
    N_ ("Start Lectern again; if that does not help, the graphics driver may be the cause"),
    LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_too_slow, LEC_DOCTOR_CPU, LEC_SEVERITY_DEGRADED,
    N_ ("All packets arrive, but this computer decodes the picture too late, so that parts of it "
        "are left out"),
    N_ ("Close other programs, or ask the sender for a smaller picture"), LEC_ERROR_NONE },
  /* the way */
  { LEC_PHASE_PLAYING, lacks_buffer, LEC_DOCTOR_BUFFER, LEC_SEVERITY_DEGRADED,
    N_ ("This computer dropped {lost-local} packets, as its receive buffer is too small for this "
        "channel"),
    N_ ("As administrator run “sysctl -w net.core.rmem_max={buffer}”"), LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_held_up, LEC_DOCTOR_CPU, LEC_SEVERITY_DEGRADED,
    N_ ("This computer dropped {lost-local} packets, as nothing took them in time: either it was "
        "too busy, or it was asleep"),
    N_ ("Close other programs"), LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_full, LEC_DOCTOR_NARROW_LINK, LEC_SEVERITY_DEGRADED,
    N_ ("The network interface of this computer is too slow for this channel: {rate} arrive of "
        "{speed} Mbit/s, and {loss} are lost"),
    N_ ("Use a faster connection, or ask the sender for a smaller picture"), LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_capped, LEC_DOCTOR_NARROW_LINK, LEC_SEVERITY_DEGRADED,
    N_ ("Never more than {rate} arrive, however much is sent, and {loss} are lost: something on "
        "the way is too narrow for this channel"),
    N_ ("Either a link on the way is too slow, or a device limits multicast: ask whoever runs the "
        "network"),
    LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_bursty_wireless, LEC_DOCTOR_BURST_LOSS, LEC_SEVERITY_DEGRADED,
    N_ ("The network lost {lost} of {all} packets ({loss}), about {run} at a time, as happens over "
        "Wi-Fi"),
    N_ ("Use the cable, or come nearer to the access point"), LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_bursty, LEC_DOCTOR_BURST_LOSS, LEC_SEVERITY_DEGRADED,
    N_ ("The network lost {lost} of {all} packets ({loss}), about {run} at a time"),
    N_ ("Either a device on the way is overloaded for moments, or a part of the way is Wi-Fi: ask "
        "whoever runs the network"),
    LEC_ERROR_NONE },
  { LEC_PHASE_UNSEEN, is_drowned, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_FATAL,
    N_ ("The network loses so much that nothing can be decoded: {lost} of {all} packets ({loss})"),
    N_ ("Ask whoever runs the network to look for errors and full links on the way"),
    LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_lost, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_DEGRADED,
    N_ ("The network lost {lost} of {all} packets ({loss})"),
    N_ ("Ask whoever runs the network to look for errors and full links on the way"),
    LEC_ERROR_NONE },
  /* all is well */
  { LEC_PHASE_PLAYING, has_rival, LEC_DOCTOR_SEVERAL_STATIONS, LEC_SEVERITY_HINT,
    N_ ("Another station, {other}, sends to the same address; it is kept out"),
    N_ ("Give one of them another group"), LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, has_rivals, LEC_DOCTOR_SEVERAL_STATIONS, LEC_SEVERITY_HINT,
    N_ ("Other stations, {other} and {more-others} more, send to the same address; they are kept "
        "out"),
    N_ ("Give each a group of its own"), LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_bare_ts, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_HINT,
    N_ ("The announcement says RTP; the station sends a transport stream without RTP"), NULL,
    LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_other_ts, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_HINT,
    N_ ("The announcement does not say so, but the station sends a transport stream (payload type "
        "{payload})"),
    NULL, LEC_ERROR_NONE },
  { LEC_PHASE_PLAYING, is_rtp, LEC_DOCTOR_OTHER_PAYLOAD, LEC_SEVERITY_HINT,
    N_ ("The announcement says a transport stream without RTP; the station sends RTP"), NULL,
    LEC_ERROR_NONE },
  { 0 },
};

/* ---- figures ---- */

static void
append_announced (GString *sentence, const LecExam *exam)
{
  const LecStream *promise = get_promise (exam, exam->stream);

  for (guint i = 0; promise != NULL && i < promise->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (promise->payloads, i);

    g_string_append_printf (sentence, "%s%u (%.40s)", i > 0 ? ", " : "", payload->payload,
                            payload->encoding);
  }
}

static void
append_stream_place (GString *sentence, const LecStreamReport *stream)
{
  g_autofree char *place = lec_address_format (stream->legs[0].group, stream->legs[0].port);

  g_string_append (sentence, place);
}

static gboolean
append_of_stream (GString *sentence, const char *name, const LecExam *exam)
{
  const LecStreamReport *stream = exam->stream;
  const LecProfileEntry *entry;

  if (g_str_equal (name, "stream")) {
    g_string_append (sentence, lec_media_get_label (stream->media));
  } else if (g_str_equal (name, "stream-place")) {
    append_stream_place (sentence, stream);
  } else if (g_str_equal (name, "stream-silent")) {
    g_string_append_printf (
        sentence, "%d",
        (int) (lec_report_get_age (exam->facts->report, stream->stats.last_packet_ns)
               / (gint64) SECOND));
  } else if (g_str_equal (name, "arriving")) {
    g_string_append_printf (sentence, "%u", stream->stats.payload);
  } else if (g_str_equal (name, "arriving-name")) {
    entry = lec_profile_lookup (stream->stats.payload);
    g_string_append (sentence, entry->encoding);
  } else if (g_str_equal (name, "announced")) {
    append_announced (sentence, exam);
  } else {
    return FALSE;
  }
  return TRUE;
}

gboolean
lec_doctor_media_append_figure (GString *sentence, const char *name, const LecExam *exam)
{
  if (exam->stream != NULL && append_of_stream (sentence, name, exam))
    return TRUE;
  if (exam->track != NULL && g_str_equal (name, "unseen"))
    g_string_append_printf (sentence, "%d", (int) (exam->track->unseen_ns / (gint64) SECOND));
  else if (g_str_equal (name, "rate"))
    g_string_append_printf (sentence, _ ("%.1f Mbit/s"),
                            (double) exam->reception->network.rate / 1e6);
  else
    return FALSE;
  return TRUE;
}
