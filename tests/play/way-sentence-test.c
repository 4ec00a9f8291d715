/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which places a sentence names, and in which order. */
#include "play/way-sentence.h"

#include <string.h>

static LecAlternative *
new_way (const char *address)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *way = lec_channel_info_add_alternative (info, LEC_KIND_RTP);

  lec_stream_add_leg (lec_alternative_add_stream (way, LEC_MEDIA_VIDEO), address, 5004);
  return lec_alternative_copy (way);
}

static LecAlternative *
new_file (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *way = lec_channel_info_add_alternative (info, LEC_KIND_URI);

  way->uri = g_strdup ("http://192.0.2.1/x.webm");
  way->is_media = TRUE;
  return lec_alternative_copy (way);
}

static void
assert_order (const char *sentence, const char *first, const char *second)
{
  const char *place = strstr (sentence, first);

  g_assert_nonnull (place);
  g_assert_nonnull (strstr (place, second));
}

static void
test_missed (void)
{
  g_autoptr (LecAlternative) group = new_way ("239.1.1.1");
  g_autoptr (LecAlternative) host = new_way ("192.0.2.7");
  g_autoptr (LecAlternative) file = new_file ();
  g_autofree char *playing = lec_way_sentence_playing (file, group);
  g_autofree char *trying = lec_way_sentence_trying (file, group);
  g_autofree char *from_host = lec_way_sentence_playing (file, host);

  assert_order (playing, "239.1.1.1", "192.0.2.1");
  assert_order (trying, "239.1.1.1", "192.0.2.1");
  g_assert_cmpstr (playing, !=, trying);
  /* multicast is blamed where it was multicast */
  g_assert_nonnull (strstr (playing, "Multicast"));
  g_assert_nonnull (strstr (trying, "Multicast"));
  g_assert_null (strstr (from_host, "Multicast"));
  assert_order (from_host, "192.0.2.7", "192.0.2.1");
}

static void
test_opening (void)
{
  g_autoptr (LecAlternative) file = new_file ();
  g_autofree char *sentence = lec_way_sentence_opening (file);

  assert_order (sentence, "Opening", "192.0.2.1");
}

/* Before anything could have come nothing is wrong; later it is. */
static void
test_awaiting (void)
{
  g_autoptr (LecAlternative) group = new_way ("239.1.1.1");
  g_autofree char *at_once = lec_way_sentence_awaiting (group, NULL, 0);
  g_autofree char *later = lec_way_sentence_awaiting (group, NULL, 10 * G_TIME_SPAN_SECOND);

  g_assert_nonnull (strstr (at_once, "239.1.1.1"));
  g_assert_nonnull (strstr (later, "239.1.1.1"));
  g_assert_cmpstr (at_once, !=, later);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/way-sentence/missed", test_missed);
  g_test_add_func ("/way-sentence/opening", test_opening);
  g_test_add_func ("/way-sentence/awaiting", test_awaiting);
  return g_test_run ();
}
