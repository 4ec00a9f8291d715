/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Senders that begin anew, and those who only pretend. */
#include "support/scenarios.h"

/* -- the sender begins anew -- */

static void
tell_sequence_jump (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.sequence += 20000;
  trace_send (trace, &station, 500);
}

void
story_tell_restart (Trace *trace, guint16 lower, double far, gint64 pause_ns)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.sequence -= lower;
  station.timestamp += far;
  station.next_ns += pause_ns;
  trace_send (trace, &station, 500);
}

static void
tell_restart_1 (Trace *trace)
{
  story_tell_restart (trace, 1, 1e9, 0);
}

static void
tell_restart_100 (Trace *trace)
{
  story_tell_restart (trace, 100, 1e9, 0);
}

static void
tell_restart_1000 (Trace *trace)
{
  story_tell_restart (trace, 1000, 0, 0);
}

static void
tell_restart_30000 (Trace *trace)
{
  story_tell_restart (trace, 30000, 1e9, 0);
}

static void
tell_restart_50_on (Trace *trace)
{
  story_tell_restart (trace, 50, 0, 0);
}

static void
tell_restart_after_3_s (Trace *trace)
{
  story_tell_restart (trace, 100, 1e9, 3 * SECOND);
}

static void
tell_restart_after_3_s_on (Trace *trace)
{
  story_tell_restart (trace, 50, 0, 3 * SECOND);
}

static void
tell_new_ssrc (Trace *trace, gint64 pause_ns)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.ssrc = 99;
  station.sequence = 65000;
  station.timestamp = 12345;
  station.next_ns += pause_ns;
  trace_send (trace, &station, 500);
}

static void
tell_new_ssrc_at_once (Trace *trace)
{
  tell_new_ssrc (trace, 0);
}

static void
tell_new_ssrc_after_3_s (Trace *trace)
{
  tell_new_ssrc (trace, 3 * SECOND);
}

static void
tell_slow_new_ssrc (Trace *trace)
{
  Station station = station_audio ();

  station.frame_ns = 2 * SECOND;
  trace_send (trace, &station, 10);
  station.ssrc = 99;
  trace_send (trace, &station, 10);
}

static void
tell_new_address (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.sender = 2;
  trace_send (trace, &station, 500);
}

static void
tell_new_payload (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 500);
  station.payload_type = 8;
  station.rate = 16000;
  trace_send (trace, &station, 500);
}

/* -- intruders -- */

/* They are late, but the next one is not: nothing began anew. */
static void
tell_twelve_late_at_once (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  for (guint i = 0; i < 12; i++)
    trace_at (trace, 40 + i)->arrival_ns = SECOND + 75 * 20 * MSECOND + 1;
}

static void
tell_two_senders (Trace *trace)
{
  Station one = station_audio ();
  Station two = station_audio ();

  two.ssrc = 99;
  two.sender = 2;
  two.next_ns += 7 * MSECOND;
  trace_send (trace, &one, 1000);
  trace_send (trace, &two, 1000);
}

/* Slides, one a second, and somebody else's in between: also with the SSRC of the first. */
static void
tell_slides_of_two (Trace *trace, guint32 ssrc)
{
  Station one = station_video ();
  Station two;

  one.frame_ns = SECOND;
  two = one;
  two.ssrc = ssrc;
  two.sequence += 30000;
  two.next_ns += 2400 * MSECOND;
  trace_send (trace, &one, 60);
  trace_send (trace, &two, 50);
}

static void
tell_slides_of_two_senders (Trace *trace)
{
  tell_slides_of_two (trace, 99);
}

static void
tell_slides_with_forged_ones (Trace *trace)
{
  tell_slides_of_two (trace, station_video ().ssrc);
}

/* Bursts of packets of the same SSRC, far off in sequence. */
static void
tell_forged (Trace *trace, guint64 sender, guint at_once)
{
  Station station = station_audio ();
  Station forger = station;

  forger.sender = sender;
  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 200; i++) {
    for (guint j = 0; j < at_once; j++)
      trace_put (trace, &forger, 1500 * MSECOND + i * 90 * MSECOND + j,
                 (guint16) (30000 + i * at_once + j), 5);
  }
}

static void
tell_forged_far (Trace *trace)
{
  tell_forged (trace, 1, 1);
}

static void
tell_forged_far_in_bursts (Trace *trace)
{
  tell_forged (trace, 1, 4);
}

static void
tell_forged_elsewhere (Trace *trace)
{
  tell_forged (trace, 2, 4);
}

static void
tell_forged_near (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  trace_put (trace, &station, trace_at (trace, 500)->arrival_ns + 1, (guint16) (1500 + 90), 5);
}

static void
tell_forged_further (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  trace_put (trace, &station, trace_at (trace, 500)->arrival_ns + 1, (guint16) (1500 + 450), 5);
}

static void
tell_forged_ahead (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  trace_put (trace, &station, trace_at (trace, 500)->arrival_ns + 1, (guint16) (1500 + 90),
             trace_at (trace, 500)->timestamp + 90 * 160);
}

static void
tell_10000_ssrcs (Trace *trace)
{
  Station station = station_audio ();
  Station forger = station;

  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 30000; i++) {
    forger.ssrc = 1000 + i / 3;
    forger.sender = 2 + i % 2;
    trace_put (trace, &forger, 1500 * MSECOND + i * MSECOND / 2, (guint16) i, i);
  }
}

static void
tell_stray_first (Trace *trace)
{
  Station station = station_audio ();
  Station stray = station;

  stray.ssrc = 99;
  trace_put (trace, &stray, 990 * MSECOND, 7, 7);
  trace_send (trace, &station, 500);
}

static void
tell_stray_first_same_ssrc (Trace *trace)
{
  Station station = station_audio ();
  Station stray = station;

  trace_put (trace, &stray, 990 * MSECOND, 30007, 7);
  trace_send (trace, &station, 500);
}

/* The last packet of the old type comes behind the first ones of the new. */
static void
tell_new_payload_reordered (Trace *trace)
{
  tell_new_payload (trace);
  trace_at (trace, 499)->arrival_ns += 50 * MSECOND;
}

static void
tell_unknown_payload (Trace *trace)
{
  Station station = station_audio ();
  Station other = station;

  trace_send (trace, &station, 100);
  other.payload_type = 101;
  other.ssrc++;
  trace_send (trace, &other, 50);
}

/* As forward error correction is sent (RFC 5109, section 5): after every second packet of media
 * another one of the same source, in the same numbers. */
static void
tell_unknown_payload_of_the_sender (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 1000; i++) {
    Arrival *arrival = trace_at (trace, i);

    arrival->sequence = (guint16) (arrival->sequence + i / 2);
    if (i % 2 == 1) {
      Arrival repair = *arrival;

      repair.payload_type = 101;
      repair.sequence++;
      repair.number = trace->sent++;
      repair.arrival_ns++;
      g_array_append_val (trace->arrivals, repair);
    }
  }
}

/* Between words nothing is sent but, four times a second, how silent it is: with a payload type
 * that need not be announced (RFC 3551, section 4.1), and here one number that is lost. */
static void
tell_comfort_noise (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 100);
  for (guint i = 0; i < 8; i++) {
    station.payload_type = 13;
    trace_send (trace, &station, 1);
    station.next_ns += 230 * MSECOND;
    station.timestamp += 230 * 8;
  }
  trace_drop (trace, 103);
  station.payload_type = 0;
  trace_send (trace, &station, 100);
}

/* Some bits of a number are wrong, and those after it go on as before. */
static void
tell_wrong_numbers (Trace *trace)
{
  Station station = station_audio ();

  trace_send (trace, &station, 1000);
  for (guint i = 0; i < 9; i++)
    trace_at (trace, 100 + i * 70)->sequence ^= (guint16) (128 << i);
}

static const Story stories[] = {
  /* the sender begins anew */
  { "sequence jumps 20 000 ahead", tell_sequence_jump, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND },
  /* the first one might be from the past; the second one just goes on */
  { "restart, sequence lower by 1", tell_restart_1, AUDIO, .out = 999, .discarded = 1,
    .restarts = 1, .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND, .steps = TRUE },
  { "restart, sequence lower by 100", tell_restart_100, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND, .steps = TRUE },
  { "restart, sequence lower by 1000, time goes on", tell_restart_1000, AUDIO, .out = 1000,
    .restarts = 1, .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND, .steps = TRUE },
  { "restart, sequence lower by 30 000", tell_restart_30000, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 100 * MSECOND, .error_ns = 100 * MSECOND, .steps = TRUE },
  /* here nothing tells the first of them from packets that come again */
  { "restart, sequence lower by 50, time goes on", tell_restart_50_on, AUDIO, .out = ANY,
    .duplicate = ANY, .restarts = 1, .silence_ns = 400 * MSECOND, .steps = TRUE },
  { "twelve late at once are no restart", tell_twelve_late_at_once, AUDIO, .out = 88, .late = 12,
    .error_ns = 1 },
  { "restart after 3 s, sequence lower by 100", tell_restart_after_3_s, AUDIO, .out = 1000,
    .restarts = 1, .silence_ns = 3040 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "restart after 3 s, sequence lower by 50, time goes on", tell_restart_after_3_s_on, AUDIO,
    .out = 1000, .restarts = ANY, .silence_ns = 3040 * MSECOND, .error_ns = MSECOND,
    .steps = TRUE },
  { "another SSRC at once", tell_new_ssrc_at_once, AUDIO, .out = ANY, .discarded = ANY,
    .restarts = 1, .silence_ns = 300 * MSECOND, .steps = TRUE,
    .why = "the one heard so far must be silent, or anybody could take its place" },
  { "another SSRC after 3 s", tell_new_ssrc_after_3_s, AUDIO, .out = 1000, .restarts = 1,
    .silence_ns = 3040 * MSECOND, .steps = TRUE },
  { "another SSRC, a packet each two seconds", tell_slow_new_ssrc, AUDIO, .out = 20, .restarts = 1,
    .silence_ns = 4 * SECOND, .steps = TRUE, .why = "one packet of a stranger proves nothing" },
  { "another address", tell_new_address, AUDIO, .out = ANY, .discarded = ANY, .restarts = 1,
    .silence_ns = 1100 * MSECOND, .steps = TRUE,
    .why = "the same SSRC from elsewhere is suspicious for a second" },
  { "another payload type of another clock rate", tell_new_payload, AUDIO, .out = 1000,
    .silence_ns = 20 * MSECOND, .error_ns = MSECOND, .steps = TRUE },
  { "likewise, the last of the old type late", tell_new_payload_reordered, AUDIO, .out = 999,
    .lost = 1, .discarded = 1, .silence_ns = 220 * MSECOND, .error_ns = MSECOND, .steps = TRUE,
    .why = "its time stamp means nothing at the new rate" },
  /* intruders */
  { "two senders: the second is not heard", tell_two_senders, AUDIO, .out = 1000, .discarded = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "slides of two senders", tell_slides_of_two_senders, VIDEO, .out = 240, .discarded = ANY,
    .error_ns = 1 },
  { "slides, and forged ones of that SSRC", tell_slides_with_forged_ones, VIDEO, .out = 240,
    .discarded = ANY, .error_ns = 1 },
  { "forged, far in sequence", tell_forged_far, AUDIO, .out = 1000, .discarded = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "forged, far in sequence, four at once", tell_forged_far_in_bursts, AUDIO, .out = 1000,
    .discarded = ANY, .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "forged, from another address", tell_forged_elsewhere, AUDIO, .out = 1000, .discarded = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  /* a packet that fits is believed; what must not happen is that all others are late for it */
  { "forged, near in sequence", tell_forged_near, AUDIO, .out = 1000, .discarded = 1,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "forged, further in sequence", tell_forged_further, AUDIO, .out = 1000, .discarded = 1,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "forged, near in sequence and in time", tell_forged_ahead, AUDIO, .out = 1000, .discarded = 1,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "numbers with a wrong bit", tell_wrong_numbers, AUDIO, .out = 991, .lost = 9, .discarded = 9,
    .silence_ns = 220 * MSECOND, .error_ns = 1 },
  { "10 000 forged SSRCs", tell_10000_ssrcs, AUDIO, .out = 1000, .discarded = ANY,
    .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "a stray packet before all others", tell_stray_first, AUDIO, .out = ANY, .discarded = ANY,
    .restarts = 1, .silence_ns = 40 * MSECOND, .steps = TRUE },
  { "a stray packet of that SSRC first", tell_stray_first_same_ssrc, AUDIO, .out = 501,
    .restarts = 1, .silence_ns = 80 * MSECOND, .steps = TRUE,
    .why = "three packets in a row prove that the first one was not theirs" },
  { "a payload type nobody announced", tell_unknown_payload, AUDIO, .out = 100, .discarded = 50,
    .error_ns = 1 },
  { "a payload type nobody announced, of the sender", tell_unknown_payload_of_the_sender, AUDIO,
    .out = 1000, .aside = 500, .silence_ns = 20 * MSECOND, .error_ns = 1 },
  { "comfort noise", tell_comfort_noise, AUDIO, .out = 200, .lost = 1, .aside = 7,
    .silence_ns = 2100 * MSECOND, .error_ns = MSECOND },
};

const StoryList stories_sender = { stories, G_N_ELEMENTS (stories) };
