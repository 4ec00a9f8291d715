/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/asf-schedule.h"

#include "wire/units.h"

static const LecAsfHeader header = { .kinds = { [1] = LEC_ASF_VIDEO } };

/* Gives it a packet without payloads, sent at @send_ms, which stands for @running_ns. */
static void
add (LecAsfSchedule *self, guint32 send_ms, gint64 running_ns)
{
  LecAsfPacket packet = { .send_time = send_ms };

  lec_asf_schedule_add (self, &header, &packet, running_ns);
}

static void
begin (LecAsfSchedule *self)
{
  lec_asf_schedule_init (self);
  add (self, 10000, 2 * SECOND);
  lec_asf_schedule_activate (self);
}

/* Objects are due as long after their packet as they are presented after it was sent, but for what
 * all of them are early by. */
static void
test_lead (void)
{
  LecAsfSchedule schedule;

  begin (&schedule);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 3 * SECOND), ==, 2100 * MSECOND);
  add (&schedule, 11000, 3 * SECOND);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 4 * SECOND), ==, 3100 * MSECOND);
  /* it is less early, and all after it are played as much later */
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 3 * SECOND), ==, 3300 * MSECOND);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 4 * SECOND), ==, 4300 * MSECOND);
}

/* The second time more is given back; but not so much that all would be late. */
static void
test_steps (void)
{
  LecAsfSchedule schedule;

  begin (&schedule);
  lec_asf_schedule_place (&schedule, 3 * SECOND); /* 2.9 s are no use */
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 2 * SECOND), ==, 2300 * MSECOND);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 1 * SECOND), ==, 2500 * MSECOND);
  g_assert_cmpint (schedule.lead.ns, ==, 500 * MSECOND);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 350 * MSECOND), ==, 2350 * MSECOND);
  g_assert_cmpint (schedule.lead.ns, ==, 0);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 0), ==, 2 * SECOND);
  add (&schedule, 12000, 4 * SECOND); /* it is late by half a second */
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 1500 * MSECOND), ==, 4500 * MSECOND);
}

/* How long the earliest objects wait; what is damaged says nothing, and what was once is forgotten.
 */
static void
test_hold (void)
{
  LecAsfSchedule schedule;

  begin (&schedule);
  g_assert_cmpint (lec_asf_schedule_get_hold (&schedule), ==, 0);
  lec_asf_schedule_place (&schedule, 3 * SECOND);
  g_assert_cmpint (lec_asf_schedule_get_hold (&schedule), ==, 100 * MSECOND);
  lec_asf_schedule_place (&schedule, 5 * SECOND);
  g_assert_cmpint (lec_asf_schedule_get_hold (&schedule), ==, 2100 * MSECOND);
  lec_asf_schedule_place (&schedule, 60 * SECOND);
  g_assert_cmpint (lec_asf_schedule_get_hold (&schedule), ==, 2100 * MSECOND);
  lec_asf_schedule_place (&schedule, 2 * SECOND); /* which makes all others later */
  g_assert_cmpint (lec_asf_schedule_get_hold (&schedule), >=, 3270 * MSECOND);
  g_assert_cmpint (lec_asf_schedule_get_hold (&schedule), <=, 3300 * MSECOND);
  for (guint i = 0; i < 3000; i++)
    lec_asf_schedule_place (&schedule, 2 * SECOND);
  g_assert_cmpint (lec_asf_schedule_get_hold (&schedule), >=, 300 * MSECOND);
  g_assert_cmpint (lec_asf_schedule_get_hold (&schedule), <=, 301 * MSECOND);
}

/* Times jump a minute ahead while an object of before is on its way: it is late, and nothing of
 * what comes behind it. */
static void
test_jump (void)
{
  LecAsfSchedule schedule;

  begin (&schedule);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 3 * SECOND), ==, 2100 * MSECOND);
  add (&schedule, 71000, 3 * SECOND);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 4 * SECOND), ==, 0);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 64 * SECOND), ==, 3100 * MSECOND);
  lec_asf_schedule_begin (&schedule);
  add (&schedule, 72000, 4 * SECOND);
  lec_asf_schedule_activate (&schedule);
  g_assert_cmpint (lec_asf_schedule_place (&schedule, 3 * SECOND), ==, 4100 * MSECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asf-schedule/lead", test_lead);
  g_test_add_func ("/asf-schedule/steps", test_steps);
  g_test_add_func ("/asf-schedule/hold", test_hold);
  g_test_add_func ("/asf-schedule/jump", test_jump);
  return g_test_run ();
}
