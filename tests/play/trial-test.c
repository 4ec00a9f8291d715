/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ways that are tried beside what plays, in a time of the test's own. */
#include "play/trial.h"

#include "report/doctor.h"

#define SECOND G_TIME_SPAN_SECOND

typedef struct
{
  LecRollover *rollover; /* of three ways: a, b, c */
  LecTrial trial;
  gint64 now_us;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  static const char *const groups[] = { "239.1.1.1", "239.1.1.2", "239.1.1.3" };
  LecChannelInfo *info = lec_channel_info_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LecChannel) channel = NULL;

  info->title = g_strdup ("Lecture");
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++) {
    LecAlternative *way = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
    LecStream *stream = lec_alternative_add_stream (way, LEC_MEDIA_VIDEO);

    lec_stream_add_leg (stream, groups[i], 5004);
    lec_stream_add_payload (stream, 26, "JPEG", 90000);
  }
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  self->rollover = lec_rollover_new (channel);
  self->now_us = 1000 * SECOND;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_rollover_free (self->rollover);
}

/* Returns: 0 for the first way, and so on */
static guint
get_way (Fixture *self)
{
  return lec_rollover_get_index (self->rollover);
}

static void
test_first (Fixture *self, gconstpointer data)
{
  lec_trial_restart (&self->trial, self->now_us);
  g_assert_false (lec_trial_is_on (&self->trial));
  lec_trial_settle (&self->trial, self->rollover, self->now_us);
  /* nothing was missed for it */
  self->now_us += 1000 * SECOND;
  g_assert_false (lec_trial_is_due_again (&self->trial, self->now_us));
  g_assert_true (lec_trial_may_begin_instead (&self->trial, self->now_us));
}

/* The second way plays: the first one is tried again, less often each time, and found at last. */
static void
test_again (Fixture *self, gconstpointer data)
{
  gint64 before_us = 0;

  lec_rollover_next (self->rollover, LEC_ERROR_SILENT, "silent");
  lec_trial_settle (&self->trial, self->rollover, self->now_us);
  for (guint i = 0; i < 12; i++) {
    const gint64 begin_us = self->now_us;

    g_assert_false (lec_trial_is_due_again (&self->trial, self->now_us));
    while (!lec_trial_is_due_again (&self->trial, self->now_us))
      self->now_us += SECOND / 10;
    g_assert_cmpint (self->now_us - begin_us, >=, MAX (before_us, LEC_ROLLOVER_PAUSE_US));
    g_assert_cmpint (self->now_us - begin_us, <=, LEC_ROLLOVER_LONG_PAUSE_US);
    before_us = self->now_us - begin_us;
    g_assert_true (lec_trial_begin_again (&self->trial, self->rollover));
    g_assert_cmpuint (get_way (self), ==, 0);
    g_assert_cmpint (self->trial.kind, ==, LEC_TRIAL_AGAIN);
    g_assert_false (lec_trial_is_due_again (&self->trial, self->now_us)); /* it is being tried */
    lec_trial_give_up (&self->trial, self->rollover, self->now_us);
    g_assert_false (lec_trial_is_on (&self->trial));
    g_assert_cmpuint (get_way (self), ==, 1);
  }
  self->now_us += LEC_ROLLOVER_LONG_PAUSE_US;
  g_assert_true (lec_trial_begin_again (&self->trial, self->rollover));
  lec_trial_end (&self->trial);
  lec_trial_settle (&self->trial, self->rollover, self->now_us);
  g_assert_cmpuint (get_way (self), ==, 0);
  g_assert_false (lec_trial_is_due_again (&self->trial, self->now_us + 1000 * SECOND));
}

/* What plays has fallen silent, and is there after all; or the next way does not play either. */
static void
test_instead (Fixture *self, gconstpointer data)
{
  lec_trial_settle (&self->trial, self->rollover, self->now_us);
  lec_trial_begin_instead (&self->trial, self->rollover, "silent");
  g_assert_cmpuint (get_way (self), ==, 1);
  g_assert_false (lec_trial_may_begin_instead (&self->trial, self->now_us));
  g_assert_false (lec_trial_is_due_again (&self->trial, self->now_us + 1000 * SECOND));
  lec_trial_give_up (&self->trial, self->rollover, self->now_us);
  g_assert_cmpuint (get_way (self), ==, 0);
  g_assert_true (lec_trial_may_begin_instead (&self->trial, self->now_us));

  lec_trial_begin_instead (&self->trial, self->rollover, "silent");
  lec_trial_give_up (&self->trial, self->rollover, self->now_us);
  lec_trial_pause (&self->trial, self->rollover, self->now_us);
  g_assert_false (lec_trial_may_begin_instead (&self->trial, self->now_us));
  g_assert_true (
      lec_trial_may_begin_instead (&self->trial, self->now_us + LEC_ROLLOVER_LONG_PAUSE_US));
}

static gboolean
watch (Fixture *self, const LecReception *reception, gint64 after_us, gboolean is_hopeless)
{
  gint64 age_us;
  const gboolean is_over
      = lec_trial_watch (&self->trial, reception, is_hopeless, self->now_us + after_us, &age_us);

  if (reception->session != LEC_REPORT_SESSION_OPENING)
    g_assert_cmpint (age_us, ==, after_us);
  return is_over;
}

/* Nothing is not waited for as long as a picture is, once packets have come. */
static void
test_watch (Fixture *self, gconstpointer data)
{
  const LecReception silent = { 0 };
  const LecReception heard = { .sum.received = 1 };

  lec_trial_restart (&self->trial, self->now_us);
  g_assert_false (watch (self, &silent, LEC_DOCTOR_SILENCE_US - 1, FALSE));
  g_assert_true (watch (self, &silent, LEC_DOCTOR_SILENCE_US, FALSE));
  g_assert_false (watch (self, &heard, LEC_DOCTOR_SILENCE_US, FALSE));
  g_assert_false (watch (self, &heard, 10 * SECOND - 1, FALSE));
  g_assert_true (watch (self, &heard, 10 * SECOND, FALSE));
  g_assert_true (watch (self, &heard, 0, TRUE));
}

/* While its station is still being asked nothing can come. */
static void
test_opening (Fixture *self, gconstpointer data)
{
  const LecReception opening = { .session = LEC_REPORT_SESSION_OPENING };
  const LecReception silent = { 0 };

  lec_trial_restart (&self->trial, self->now_us);
  g_assert_false (watch (self, &opening, 60 * SECOND, FALSE));
  self->now_us += 60 * SECOND;
  g_assert_false (watch (self, &silent, LEC_DOCTOR_SILENCE_US - 1, FALSE));
  g_assert_true (watch (self, &silent, LEC_DOCTOR_SILENCE_US, FALSE));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/trial/first", test_first);
  ADD ("/trial/again", test_again);
  ADD ("/trial/instead", test_instead);
  ADD ("/trial/watch", test_watch);
  ADD ("/trial/opening", test_opening);
  return g_test_run ();
}
