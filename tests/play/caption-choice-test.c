/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/caption-choice.h"

static const guint subtitles = LEC_CAPTIONS_SUBTITLES_ID (0x0142, 0x888);

static void
test_wanted (void)
{
  static const struct
  {
    guint wanted;
    const char *text;
  } rows[] = {
    { LEC_CAPTIONS_TYPED, "typed" },   { LEC_CAPTIONS_SCRIPT, "script" },
    { LEC_CAPTIONS_CLOSED, "CC1" },    { LEC_CAPTIONS_CLOSED + 3, "CC4" },
    { LEC_CAPTIONS_CLOSED + 1, NULL }, { LEC_CAPTIONS_AUTOMATIC, "typed" },
    { LEC_CAPTIONS_OFF, NULL },        { subtitles, "subtitles" },
  };
  LecCaptionChoice choice = { 0 };

  lec_caption_choice_say (&choice, LEC_CAPTIONS_TYPED, "typed");
  lec_caption_choice_say (&choice, LEC_CAPTIONS_SCRIPT, "script");
  lec_caption_choice_say (&choice, LEC_CAPTIONS_CLOSED, "CC1");
  lec_caption_choice_say (&choice, LEC_CAPTIONS_CLOSED + 3, "CC4");
  lec_caption_choice_say (&choice, LEC_CAPTIONS_SUBTITLES, "subtitles");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    choice.wanted = rows[i].wanted;
    g_assert_cmpstr (lec_caption_choice_get (&choice), ==, rows[i].text);
  }
  choice.wanted = LEC_CAPTIONS_AUTOMATIC;
  lec_caption_choice_say (&choice, LEC_CAPTIONS_TYPED, "");
  g_assert_cmpstr (lec_caption_choice_get (&choice), ==, "script");
  lec_caption_choice_clear (&choice);
}

/* What has said something once may say something again. */
static void
test_heard (void)
{
  LecCaptionChoice choice = { .wanted = LEC_CAPTIONS_OFF };

  lec_caption_choice_say (&choice, LEC_CAPTIONS_CLOSED, "");
  g_assert_cmphex (choice.heard, ==, 0);
  lec_caption_choice_say (&choice, LEC_CAPTIONS_CLOSED, "words");
  lec_caption_choice_say (&choice, LEC_CAPTIONS_CLOSED, NULL);
  g_assert_cmphex (choice.heard, ==, 1u << LEC_CAPTIONS_CLOSED);
  lec_caption_choice_clear (&choice);
  g_assert_cmphex (choice.heard, ==, 0);
  g_assert_cmpuint (choice.wanted, ==, LEC_CAPTIONS_OFF);
}

static void
test_picture (void)
{
  LecCaptionChoice choice = { .wanted = subtitles };
  g_autoptr (LecCaptionPicture) picture
      = lec_caption_picture_new (0, 0, 2, 1, 720, 576, g_bytes_new ("12345678", 8));

  lec_caption_choice_show (&choice, picture);
  g_assert_true (lec_caption_choice_get_picture (&choice) == picture);
  choice.wanted = LEC_CAPTIONS_OFF;
  g_assert_null (lec_caption_choice_get_picture (&choice));
  choice.wanted = subtitles;
  lec_caption_choice_show (&choice, NULL);
  g_assert_null (lec_caption_choice_get_picture (&choice));
  lec_caption_choice_show (&choice, picture);
  lec_caption_choice_clear (&choice);
  g_assert_null (lec_caption_choice_get_picture (&choice));
}

static void
test_id (void)
{
  g_assert_true (LEC_CAPTIONS_ARE_SUBTITLES (subtitles));
  g_assert_false (LEC_CAPTIONS_ARE_SUBTITLES ((guint) LEC_CAPTIONS_OFF));
  g_assert_cmphex (LEC_CAPTIONS_SUBTITLES_PID (subtitles), ==, 0x0142);
  g_assert_cmphex (subtitles & 0xFFFF, ==, 0x888);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caption-choice/wanted", test_wanted);
  g_test_add_func ("/caption-choice/heard", test_heard);
  g_test_add_func ("/caption-choice/picture", test_picture);
  g_test_add_func ("/caption-choice/id", test_id);
  return g_test_run ();
}
