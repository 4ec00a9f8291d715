/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Session descriptions, read, written and read again. */
#include "announce/sdp.h"

#include <string.h>

#include "again.h"
#include "announce/sdp-print.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static LecAnnouncement *
parse (const char *text, const char *base_uri, GError **error)
{
  return lec_sdp_parse (text, error);
}

/* When it is on can be asked at any time, and each answer says when to ask again. */
static void
check_schedule (const LecSchedule *schedule)
{
  gint64 now = 1700000000;

  for (guint i = 0; i < 8; i++) {
    gint64 changes;

    lec_schedule_get_airing (schedule, now, &changes);
    if (changes == 0)
      return;
    g_assert_cmpint (changes, >, now);
    now = changes;
  }
}

static void
check_round (LecChannel *channel)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lec_sdp_print (lec_channel_get_info (channel), 0, 1, &error);
  g_autoptr (LecAnnouncement) again = NULL;

  g_assert_no_error (error);
  if (strlen (text) > LEC_MAX_SDP) /* every leg says again what its stream says */
    return;
  again = parse_checked (parse, text, NULL);
  g_assert_nonnull (again);
  g_assert_true (lec_channel_equal (channel, g_ptr_array_index (again->channels, 0)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *charset;
  g_autofree char *text = lec_encoding_decode ((const char *) data, size, &charset);
  g_autoptr (LecAnnouncement) announcement = NULL;
  LecChannel *channel;

  if (text == NULL)
    return 0;
  announcement = parse_checked (parse, text, NULL);
  if (announcement == NULL)
    return 0;
  channel = g_ptr_array_index (announcement->channels, 0);
  check_schedule (lec_channel_get_info (channel)->schedule);
  check_round (channel);
  return 0;
}
