/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-time.h"

#include <glib/gi18n-lib.h>

#include "announce/cursor.h"
#include "announce/sdp-line.h"

#define NTP_TO_UNIX G_GINT64_CONSTANT (2208988800) /* [s] from 1900 to 1970 */
#define LAST_NTP G_GUINT64_CONSTANT (255611289600) /* [s] the end of the year 9999 */
#define MAX_TYPED G_GUINT64_CONSTANT (10000000000) /* [s] over three hundred years */
#define MAX_PERIODS 64
#define MAX_REPEATS 64 /* of one period */
#define MAX_ZONES 64

/* [s since 1970]; 0: not said. What is before 1970 was not meant: it is time of another epoch. */
static gint64
read_time (const char *text, LecWarnings *warnings)
{
  LecCursor cursor;
  guint64 ntp;

  lec_cursor_init (&cursor, text);
  ntp = lec_cursor_number (&cursor, LAST_NTP);
  if (lec_cursor_done (&cursor) && (ntp == 0 || ntp > (guint64) NTP_TO_UNIX))
    return ntp == 0 ? 0 : (gint64) ntp - NTP_TO_UNIX;
  lec_warnings_add (warnings, _ ("“%.20s” is not a valid time and was ignored"), text);
  return 0;
}

/* [s] `604800`, `7d`, `1h`, `90m`, `30s` */
static gint64
read_typed (LecCursor *cursor)
{
  static const struct
  {
    char unit;
    guint seconds;
  } units[] = { { 'd', 24 * 60 * 60 }, { 'h', 60 * 60 }, { 'm', 60 }, { 's', 1 } };
  guint64 number;

  lec_cursor_skip_blanks (cursor);
  number = lec_cursor_number (cursor, MAX_TYPED);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    if (lec_cursor_skip (cursor, units[i].unit)) {
      number *= units[i].seconds;
      break;
    }
  }
  if (number > MAX_TYPED)
    cursor->failed = TRUE;
  return cursor->failed ? 0 : (gint64) number;
}

static void
add_repeat (LecPeriod *period, const LecRepeat *repeat, LecWarnings *warnings)
{
  if (period->repeats->len < MAX_REPEATS)
    g_array_append_vals (period->repeats, repeat, 1);
  else
    lec_warnings_add (warnings, _ ("only the first %d repeats of a time are known"), MAX_REPEATS);
}

/* `r=7d 1h 0 25h`: the interval, how long each is, and where in the interval each begins. Without
 * any of the last, which is against the rule, it is clear what is meant. */
static void
read_repeat (LecPeriod *period, const char *text, LecWarnings *warnings)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, TRUE, sizeof (gint64));
  LecRepeat repeat = { 0 };
  LecCursor cursor;

  lec_cursor_init (&cursor, text);
  repeat.interval_s = read_typed (&cursor);
  lec_cursor_expect_blanks (&cursor);
  repeat.duration_s = read_typed (&cursor);
  while (!cursor.failed && cursor.at < cursor.end) {
    gint64 offset;

    lec_cursor_expect_blanks (&cursor);
    offset = read_typed (&cursor);
    g_array_append_val (offsets, offset);
  }
  if (cursor.failed || repeat.interval_s == 0 || repeat.duration_s == 0) {
    lec_warnings_add (warnings, _ ("a repeat (r=) is not well-formed and was ignored"));
    return;
  }
  if (offsets->len == 0)
    g_array_set_size (offsets, 1); /* of nothing but zeros */
  for (guint i = 0; i < offsets->len; i++) {
    repeat.offset_s = g_array_index (offsets, gint64, i);
    add_repeat (period, &repeat, warnings);
  }
}

static void
read_period (LecSchedule *schedule, const GstSDPTime *time, LecWarnings *warnings)
{
  gint64 starts = read_time (time->start, warnings);
  gint64 ends = read_time (time->stop, warnings);
  LecPeriod *period;

  if (ends != 0 && ends <= starts) {
    lec_warnings_add (warnings, _ ("a time ends before it begins; its end was ignored"));
    ends = 0;
  }
  period = lec_schedule_add_period (schedule, starts, ends);
  for (guint i = 0; time->repeat != NULL && i < time->repeat->len; i++)
    read_repeat (period, g_array_index (time->repeat, char *, i), warnings);
}

static int
compare_zones (gconstpointer a, gconstpointer b)
{
  const LecZone *x = a;
  const LecZone *y = b;

  return (x->at > y->at) - (x->at < y->at);
}

/* `z=2882844526 -1h`: from then on all repeats are an hour earlier than they were written. */
static void
read_zone (LecSchedule *schedule, const GstSDPZone *text, LecWarnings *warnings)
{
  LecZone zone = { read_time (text->time, warnings), 0 };
  LecCursor cursor;
  gboolean negative;

  lec_cursor_init (&cursor, text->typed_time);
  negative = lec_cursor_skip (&cursor, '-');
  if (!negative)
    lec_cursor_skip (&cursor, '+');
  zone.offset_s = read_typed (&cursor);
  if (negative)
    zone.offset_s = -zone.offset_s;
  if (zone.at == 0 || !lec_cursor_done (&cursor))
    lec_warnings_add (warnings,
                      _ ("a change of the time zone (z=) is not well-formed and was ignored"));
  else if (schedule->zones->len < MAX_ZONES)
    g_array_append_val (schedule->zones, zone);
}

/* Whether it says no more than that it is always on. */
static gboolean
is_always (const LecSchedule *schedule)
{
  for (guint i = 0; i < schedule->periods->len; i++) {
    const LecPeriod *period = g_ptr_array_index (schedule->periods, i);

    if (period->starts != 0 || period->ends != 0 || period->repeats->len > 0)
      return FALSE;
  }
  return TRUE;
}

LecSchedule *
lec_sdp_time_read (const GstSDPMessage *message, LecWarnings *warnings)
{
  g_autoptr (LecSchedule) schedule = lec_schedule_new ();
  guint count = gst_sdp_message_times_len (message);

  if (count > MAX_PERIODS)
    lec_warnings_add (warnings, _ ("only the first %d times are known"), MAX_PERIODS);
  for (guint i = 0; i < MIN (count, MAX_PERIODS); i++)
    read_period (schedule, gst_sdp_message_get_time (message, i), warnings);
  if (is_always (schedule))
    return NULL;
  for (guint i = 0; i < gst_sdp_message_zones_len (message); i++)
    read_zone (schedule, gst_sdp_message_get_zone (message, i), warnings);
  g_array_sort (schedule->zones, compare_zones);
  return g_steal_pointer (&schedule);
}

static gint64
to_ntp (gint64 time)
{
  return time != 0 ? time + NTP_TO_UNIX : 0;
}

/* One line for those that differ in nothing but where they begin. */
static guint
print_repeats (const GArray *repeats, guint from, GString *text)
{
  const LecRepeat *first = &g_array_index (repeats, LecRepeat, from);
  g_autoptr (GString) offsets = g_string_new (NULL);
  guint i;

  for (i = from; i < repeats->len; i++) {
    const LecRepeat *repeat = &g_array_index (repeats, LecRepeat, i);

    if (repeat->interval_s != first->interval_s || repeat->duration_s != first->duration_s)
      break;
    g_string_append_printf (offsets, " %" G_GINT64_FORMAT, repeat->offset_s);
  }
  lec_sdp_line_add (text, "r=%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "%s", first->interval_s,
                    first->duration_s, offsets->str);
  return i;
}

static void
print_zones (const GArray *zones, GString *text)
{
  g_autoptr (GString) line = g_string_new ("z=");

  if (zones->len == 0)
    return;
  for (guint i = 0; i < zones->len; i++) {
    const LecZone *zone = &g_array_index (zones, LecZone, i);

    g_string_append_printf (line, "%s%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, i > 0 ? " " : "",
                            to_ntp (zone->at), zone->offset_s);
  }
  lec_sdp_line_add (text, "%s", line->str);
}

void
lec_sdp_time_print (const LecSchedule *schedule, GString *text)
{
  if (schedule == NULL || schedule->periods->len == 0) {
    lec_sdp_line_add (text, "t=0 0");
    return;
  }
  for (guint i = 0; i < schedule->periods->len; i++) {
    const LecPeriod *period = g_ptr_array_index (schedule->periods, i);

    lec_sdp_line_add (text, "t=%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, to_ntp (period->starts),
                      to_ntp (period->ends));
    for (guint j = 0; j < period->repeats->len;)
      j = print_repeats (period->repeats, j, text);
  }
  print_zones (schedule->zones, text);
}
