/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our session and GStreamer's rtpjitterbuffer on identical traces, in virtual time, side by side.
 *
 *   quality [--only TEXT]... [--jobs N] [TRACE.csv]...
 *
 * Its purpose is to show where we are worse: such lines say so at their end. It fails only when a
 * comparison could not be made. */
#include <gst/gst.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "impairment.h"
#include "report.h"
#include "support/trace-file.h"

#define PAYLOAD_DYNAMIC 96
#define LATENCY_STEP (5 * MSECOND) /* as ours has */

typedef struct
{
  char *title;
  LecMedia media;
  Trace trace;
  Result *result; /* shared with the process that works it out */
  pid_t worker;   /* 0: not begun */
} Job;

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_free (job->title);
  trace_clear (&job->trace);
  munmap (job->result, sizeof (Result));
}

static Score
score_ours (const Job *job, gint64 latency_ns, Result *found)
{
  Playback playback = playback_ours (&job->trace, job->media, latency_ns);
  gint64 patience = latency_ns == LATENCY_AUTO ? playback.longest_latency_ns : latency_ns;
  Score score = score_playback (&playback, &job->trace, job->trace.sent, patience);

  if (found != NULL) {
    found->found_ns = playback.longest_latency_ns;
    found->final_ns = playback.final_latency_ns;
  }
  playback_clear (&playback);
  return score;
}

static Score
score_peer (const Job *job, gint64 latency_ns)
{
  Playback playback = playback_peer (&job->trace, latency_ns);
  Score score = score_playback (&playback, &job->trace, job->trace.sent, latency_ns);

  playback_clear (&playback);
  return score;
}

/* Late by the truth counts as well: a peer that puts off its time line shows everything. */
static gboolean
shows_as_much (const Score *peer, const Score *ours)
{
  return peer->is[SCORE_UNSEEN] <= ours->is[SCORE_UNSEEN]
         && peer->is[SCORE_BEHIND] <= ours->is[SCORE_BEHIND];
}

/* The least latency at which the peer shows as much as we do with ours. What is known already says
 * where to look. */
static void
find_peers_need (const Job *job, Result *result)
{
  gint64 low = 0, high = REPORT_LONGEST / LATENCY_STEP;

  for (guint i = 0; i < REPORT_LATENCIES; i++) {
    if (shows_as_much (&result->peers[i], &result->found))
      high = MIN (high, report_latencies[i] / LATENCY_STEP);
    else
      low = MAX (low, report_latencies[i] / LATENCY_STEP + 1);
  }
  while (low < high) {
    gint64 middle = (low + high) / 2;
    Score score = score_peer (job, middle * LATENCY_STEP);

    if (shows_as_much (&score, &result->found))
      high = middle;
    else
      low = middle + 1;
  }
  result->peers_needed_ns = high * LATENCY_STEP;
}

static void
work (const Job *job)
{
  Result *result = job->result;

  for (guint i = 0; i < REPORT_LATENCIES; i++) {
    result->ours[i] = score_ours (job, report_latencies[i], NULL);
    result->peers[i] = score_peer (job, report_latencies[i]);
  }
  result->has_auto = playback_has_auto ();
  if (result->has_auto) {
    result->found = score_ours (job, LATENCY_AUTO, result);
    find_peers_need (job, result);
  }
  result->done = TRUE;
}

/* In a process of its own: threads of a peer that has ended must not count as awake. */
static void
begin (Job *job)
{
  fflush (stdout);
  job->worker = fork ();
  if (job->worker != 0)
    return;
  gst_init (NULL, NULL);
  work (job);
  _exit (0);
}

static void
add_job (GArray *jobs, char *title, LecMedia media, const Trace *trace)
{
  Job job = { .title = title, .media = media, .trace = *trace };

  job.result
      = mmap (NULL, sizeof (Result), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (job.result == MAP_FAILED)
    g_error ("no memory");
  job.result->sent = trace->sent;
  job.result->came = trace->arrivals->len;
  g_array_append_val (jobs, job);
}

static void
add_scenes (GArray *jobs)
{
  for (guint i = 0; i < n_scenes; i++) {
    for (guint j = 0; j < n_programmes; j++) {
      Station station = programmes[j].station ();
      Trace trace;

      trace_init (&trace);
      scenes[i].tell (&trace, &station, programmes[j].seconds);
      trace_sort (&trace);
      add_job (jobs, g_strdup_printf ("%s: %s", scenes[i].name, programmes[j].name),
               programmes[j].media, &trace);
    }
  }
}

static void
add_captures (GArray *jobs, char **paths, int n_paths)
{
  for (int i = 0; i < n_paths; i++) {
    g_autofree char *file = g_path_get_basename (paths[i]);
    LecMedia media;
    Trace trace;

    trace_read (&trace, paths[i]);
    media
        = trace_at (&trace, 0)->payload_type >= PAYLOAD_DYNAMIC ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO;
    add_job (jobs, g_strdup_printf ("recorded: %s", file), media, &trace);
  }
}

static gboolean
is_wanted (const Job *job, char **only)
{
  for (guint i = 0; only != NULL && only[i] != NULL; i++) {
    if (strstr (job->title, only[i]) != NULL)
      return TRUE;
  }
  return only == NULL;
}

static void
run (GArray *jobs, guint workers)
{
  Summary summary = { 0 };
  guint begun = 0;

  for (guint i = 0; i < jobs->len; i++) {
    Job *job = &g_array_index (jobs, Job, i);

    for (; begun < jobs->len && begun < i + workers; begun++)
      begin (&g_array_index (jobs, Job, begun));
    waitpid (job->worker, NULL, 0);
    report_result (job->title, job->result, &summary);
  }
  report_summary (&summary);
  if (summary.failed > 0)
    exit (1);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) jobs = g_array_new (FALSE, FALSE, sizeof (Job));
  g_auto (GStrv) only = NULL;
  int workers = (int) g_get_num_processors ();
  const GOptionEntry entries[] = {
    { "only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &only, "Traces whose title has TEXT in it", "TEXT" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &workers, "Traces worked on at the same time", "N" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    fprintf (stderr, "quality: %s\n", error->message);
    return 2;
  }
  g_array_set_clear_func (jobs, job_clear);
  add_scenes (jobs);
  add_captures (jobs, argv + 1, argc - 1);
  for (guint i = jobs->len; i-- > 0;) {
    if (!is_wanted (&g_array_index (jobs, Job, i), only))
      g_array_remove_index (jobs, i);
  }
  run (jobs, (guint) MAX (workers, 1));
  return 0;
}
