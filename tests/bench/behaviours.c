/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stories that our session is tested with, told to GStreamer's rtpjitterbuffer as well.
 *
 *   behaviours [--all]
 *
 * Says where the two end otherwise, and whether that is meant to be so; --all: those too that end
 * alike. Of the peer only what came out is compared with ours: what it counts as lost, late or
 * duplicate is told beside it. It knows no foreign sender: an rtpssrcdemux before it would. */
#include <gst/gst.h>
#include <stdio.h>
#include <string.h>

#include "playback.h"
#include "support/scenarios.h"
#include "wire/serial.h"

#define ALIKE MSECOND /* times closer than that are the same */
#define BROKEN (30 * MSECOND)
#define NEAR 1000 /* [packets] */

typedef struct
{
  guint out, astray, disorder, breaks; /* astray: fewer or more out than there should be */
  guint64 lost, late, duplicate;
  gint64 silence_ns, error_ns;
} Ending;

/* A step back by more is a sender that began anew, and so is one that is said to be a break. */
static gboolean
is_behind (const Delivery *at, const Delivery *before)
{
  gint step = lec_serial_diff (before->arrival.sequence, at->arrival.sequence, 16);

  return at->arrival.ssrc == before->arrival.ssrc && !at->discont && step <= 0 && step > -NEAR;
}

static Ending
ending_of (const Playback *playback, const Story *story)
{
  const GArray *all = playback->deliveries;
  Ending ending = {
    .out = all->len,
    .lost = playback->lost,
    .late = playback->late,
    .duplicate = playback->duplicate,
  };

  if (story->out != ANY)
    ending.astray = (guint) ABS ((gint64) all->len - (gint64) story->out);
  for (guint i = 0; i < all->len; i++) {
    const Delivery *at = &g_array_index (all, Delivery, i);
    const Delivery *before = at - 1;
    gint64 error = at->pts_ns - at->arrival.truth_ns;

    if (at->arrival.truth_ns >= story->settled_ns && ABS (error) > ABS (ending.error_ns))
      ending.error_ns = error;
    if (i == 0)
      continue;
    ending.disorder += is_behind (at, before);
    ending.silence_ns = MAX (ending.silence_ns, at->out_ns - before->out_ns);
    ending.breaks += ABS (error - (before->pts_ns - before->arrival.truth_ns)) > BROKEN;
  }
  return ending;
}

static void
print_ending (const char *who, const Ending *ending)
{
  printf ("  %-5s out %6u  lost %5" G_GUINT64_FORMAT "  late %5" G_GUINT64_FORMAT
          "  duplicate %5" G_GUINT64_FORMAT
          "  longest silence %9.1f ms  worst PTS %10.1f ms  breaks %3u%s\n",
          who, ending->out, ending->lost, ending->late, ending->duplicate,
          (double) ending->silence_ns / MSECOND, (double) ending->error_ns / MSECOND,
          ending->breaks, ending->disorder > 0 ? "  OUT OF ORDER" : "");
}

typedef struct
{
  guint told, alike, better, worse, meant;
} Tally;

/* What is worse for whoever watches; @text gets the words. */
static gboolean
is_worse (const Ending *one, const Ending *other, GString *text)
{
  if (one->disorder > other->disorder)
    g_string_append (text, " order;");
  if (one->astray > other->astray)
    g_string_append_printf (text, " %u packets astray;", one->astray - other->astray);
  else if (one->astray == other->astray && one->out < other->out)
    g_string_append_printf (text, " %u fewer out;", other->out - one->out);
  if (one->silence_ns > other->silence_ns + ALIKE)
    g_string_append_printf (text, " silence %.1f ms longer;",
                            (double) (one->silence_ns - other->silence_ns) / MSECOND);
  if (ABS (one->error_ns) > ABS (other->error_ns) + ALIKE)
    g_string_append_printf (text, " PTS %.1f ms further off;",
                            (double) (ABS (one->error_ns) - ABS (other->error_ns)) / MSECOND);
  return text->len > 0;
}

static void
compare (const Story *story, gboolean all, Tally *tally)
{
  g_autoptr (GString) worse = g_string_new (NULL);
  g_autoptr (GString) better = g_string_new (NULL);
  Playback ours, peers;
  Ending our, peer;
  Trace trace;

  trace_init (&trace);
  story->tell (&trace);
  trace_sort (&trace);
  ours = playback_ours (&trace, story->media, STORY_LATENCY);
  peers = playback_peer (&trace, STORY_LATENCY);
  our = ending_of (&ours, story);
  peer = ending_of (&peers, story);
  playback_clear (&ours);
  playback_clear (&peers);
  trace_clear (&trace);

  tally->told++;
  is_worse (&our, &peer, worse);
  is_worse (&peer, &our, better);
  tally->alike += worse->len + better->len == 0;
  tally->better += better->len > 0 && worse->len == 0;
  tally->meant += worse->len > 0 && story->why != NULL;
  tally->worse += worse->len > 0 && story->why == NULL;
  if (worse->len + better->len == 0 && !all)
    return;
  printf ("\n%s\n", story->name);
  print_ending ("ours", &our);
  print_ending ("peer", &peer);
  if (worse->len > 0)
    printf ("  <-- worse:%s\n", worse->str);
  if (better->len > 0)
    printf ("  better:   %s\n", better->str);
  if (story->why != NULL)
    printf ("  on purpose: %s\n", story->why);
}

int
main (int argc, char **argv)
{
  static const StoryList *const lists[]
      = { &stories_order, &stories_peer, &stories_time, &stories_sender };
  gboolean all = argc > 1 && strcmp (argv[1], "--all") == 0;
  Tally tally = { 0 };

  gst_init (NULL, NULL);
  printf ("latency %d ms; the peer is rtpjitterbuffer\n", (int) (STORY_LATENCY / MSECOND));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    for (guint j = 0; j < lists[i]->n_rows; j++) {
      compare (&lists[i]->rows[j], all, &tally);
      fflush (stdout);
    }
  }
  printf ("\nOf %u stories %u end alike, %u better, %u worse on purpose, %u worse.\n", tally.told,
          tally.alike, tally.better, tally.meant, tally.worse);
  return 0;
}
