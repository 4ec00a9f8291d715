/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/playlist.h"

#include <string.h>

static LecChannel *
new_channel (char name, LecEntryFlags flags)
{
  LecChannelInfo *info = lec_channel_info_new ();
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup_printf ("%c", name);
  info->flags = flags;
  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri
      = g_strdup_printf ("http://192.0.2.1/%c", name);
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

/* @names: a letter for each channel; one that may not be skipped is a capital; what is repeated for
 * ever is in brackets */
static LecAnnouncement *
new_list (const char *names)
{
  LecAnnouncement *list = lec_announcement_new ("asx");

  for (; *names != '\0'; names++) {
    if (*names == '[')
      list->repeat_from = list->channels->len;
    else if (*names == ']')
      list->repeat_to = list->channels->len;
    else
      g_ptr_array_add (
          list->channels,
          new_channel (*names, g_ascii_isupper (*names) ? LEC_ENTRY_NO_SKIP : (LecEntryFlags) 0));
  }
  return list;
}

static void
add_event (LecAnnouncement *list, const char *name, LecWhenDone when_done, const char *names)
{
  LecEvent *event = lec_announcement_add_event (list, name, when_done);

  for (; *names != '\0'; names++)
    g_ptr_array_add (event->channels, new_channel (*names, 0));
}

static char
name_of (const LecChannel *channel)
{
  return channel != NULL ? *lec_channel_get_title (channel) : '.';
}

/* What is done with the list: each character of the steps, and what it leads to. */
static const struct
{
  const char *name;
  const char *list;
  const char *steps; /* +: played, -: failed, >: skipped, <: gone back, e/n/b: an event that goes on
                      * there, with the next or behind the repetition; 0-9: chosen by the viewer */
  const char *expected;
} stories[] = {
  { "plays through", "abc", "+++", "bc." },
  { "failures go on", "abc", "-+-", "bc." },
  { "skips and goes back", "abc", "><<>>>", "ba.bc." },
  { "one that may not be skipped", "aBc", ">>+", "B.c" },
  { "one that may not be skipped may be left", "aBc", "><", "Ba" },
  { "repeats for ever", "a[bc]", "+++++", "bcbcb" },
  { "skips round", "[ab]", ">>>", "bab" },
  { "goes back to the beginning only", "[ab]", "><<", "ba." },
  { "a round without anything ends", "a[bc]d", "+--", "bcd" },
  { "and ends the list", "[ab]", "--", "b." },
  { "one that plays is enough", "[ab]", "-+--", "bab." },
  { "one alone is repeated", "[a]", "++-", "aa." },
  { "one alone has no next", "[a]", ">", "." },
  { "an event goes back", "abc", "+e++", "bxyb" },
  { "an event leads on", "abc", "n++", "xyb" },
  { "an event leads out of the repetition", "[ab]c", "b++", "xyc" },
  { "or ends", "abc", "b++", "xy." },
  { "no event in an event", "abc", "ee+", "x.y" },
  { "an event is not skipped", "abc", "e><", "x.." },
  { "an event is left by choosing", "abc", "e2+", "xc." },
  { "what fails in an event does not count", "[ab]", "-e--+", "bxyba" },
  { "chosen", "abc", "2<", "cb" },
};

static LecChannel *
step (LecPlaylist *playlist, const LecAnnouncement *list, char what)
{
  switch (what) {
  case '+':
    return lec_playlist_go_on (playlist, LEC_PLAYLIST_PLAYED);
  case '-':
    return lec_playlist_go_on (playlist, LEC_PLAYLIST_FAILED);
  case '>':
    return lec_playlist_skip (playlist);
  case '<':
    return lec_playlist_go_back (playlist);
  case 'e':
    return lec_playlist_begin_event (playlist, "RESUME", 7);
  case 'n':
    return lec_playlist_begin_event (playlist, "next", 7);
  case 'b':
    return lec_playlist_begin_event (playlist, "Break", 7);
  default:
    g_assert_true (lec_playlist_choose (playlist, list->channels->pdata[what - '0']));
    return list->channels->pdata[what - '0'];
  }
}

static void
test_stories (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autoptr (LecAnnouncement) list = new_list (stories[i].list);
    g_autoptr (LecPlaylist) playlist = NULL;
    g_autoptr (GString) told = g_string_new (NULL);

    add_event (list, "Resume", LEC_WHEN_DONE_RESUME, "xy");
    add_event (list, "Next", LEC_WHEN_DONE_NEXT, "xy");
    add_event (list, "Break", LEC_WHEN_DONE_BREAK, "xy");
    playlist = lec_playlist_new (list);
    for (const char *at = stories[i].steps; *at != '\0'; at++) {
      const gboolean can = *at == '>'   ? lec_playlist_has_next (playlist)
                           : *at == '<' ? lec_playlist_has_previous (playlist)
                                        : FALSE;
      LecChannel *channel = step (playlist, list, *at);

      if (*at == '>' || *at == '<')
        g_assert_cmpint (can, ==, channel != NULL);
      g_string_append_c (told, name_of (channel));
    }
    if (strcmp (told->str, stories[i].expected) != 0)
      g_error ("%s: expected %s, not %s", stories[i].name, stories[i].expected, told->str);
  }
}

/* What was broken into goes on where it was; all else begins at its beginning. */
static void
test_position (void)
{
  g_autoptr (LecAnnouncement) list = new_list ("ab");
  g_autoptr (LecPlaylist) playlist = NULL;

  add_event (list, "ad", LEC_WHEN_DONE_RESUME, "x");
  playlist = lec_playlist_new (list);
  g_assert_null (lec_playlist_begin_event (playlist, "none", 5));
  g_assert_cmpint (name_of (lec_playlist_begin_event (playlist, "AD", 5)), ==, 'x');
  g_assert_cmpint (lec_playlist_get_position (playlist), ==, 0);
  g_assert_cmpint (name_of (lec_playlist_go_on (playlist, LEC_PLAYLIST_PLAYED)), ==, 'a');
  g_assert_cmpint (lec_playlist_get_position (playlist), ==, 5);
  g_assert_cmpint (name_of (lec_playlist_go_on (playlist, LEC_PLAYLIST_PLAYED)), ==, 'b');
  g_assert_cmpint (lec_playlist_get_position (playlist), ==, 0);
}

/* Something that is not in the list has no neighbours, and nothing follows it. */
static void
test_elsewhere (void)
{
  g_autoptr (LecAnnouncement) list = new_list ("abc");
  g_autoptr (LecPlaylist) playlist = lec_playlist_new (list);
  g_autoptr (LecChannel) other = new_channel ('o', 0);

  g_assert_false (lec_playlist_choose (playlist, other));
  g_assert_false (lec_playlist_has_next (playlist));
  g_assert_false (lec_playlist_has_previous (playlist));
  g_assert_null (lec_playlist_go_on (playlist, LEC_PLAYLIST_PLAYED));
  g_assert_true (lec_playlist_choose (playlist, g_ptr_array_index (list->channels, 1)));
  g_assert_true (lec_playlist_has_next (playlist));
  g_assert_true (lec_playlist_has_previous (playlist));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/playlist/stories", test_stories);
  g_test_add_func ("/playlist/position", test_position);
  g_test_add_func ("/playlist/elsewhere", test_elsewhere);
  return g_test_run ();
}
