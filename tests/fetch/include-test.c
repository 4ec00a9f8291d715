/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists that include lists, told as words: what is opened are no files here, but the rows of the
 * tests. */
#include "fetch/include.h"

#include <string.h>

#include "announce/asx.h"
#include "channel/error.h"
#include "fetch/document.h"

#define LONG_MS 60000

/* A list of words between blanks: `A` an entry of that title, `!A` one that is not to be included,
 * `+URI` what is included, `=T` the title of the whole. */
typedef struct
{
  const char *uri; /* without `http://s.example/`, unless it has a scheme */
  const char *words;
} Page;

typedef struct
{
  const char *story;
  Page pages[8];       /* the first is the outermost */
  const char *promise; /* its words in the end, without titles of the whole */
  const char *refusal; /* "CODE: " and a piece of the sentence */
  const char *warning; /* a piece of one of them */
} Story;

static const Story stories[] = {
  { "none", { { "a", "A B" } }, "A B", NULL, "" },
  { "in its place", { { "a", "A +b C" }, { "b", "B1 B2" } }, "A B1 B2 C", NULL, "" },
  { "nothing else", { { "a", "+b" }, { "b", "B" } }, "B", NULL, "" },
  { "inside each other", { { "a", "+b A" }, { "b", "+c B" }, { "c", "C" } }, "C B A", NULL, "" },
  { "twice", { { "a", "+b A +b" }, { "b", "B" } }, "B A B", NULL, "" },
  { "not to be included", { { "a", "!A +b" }, { "b", "B !C" } }, "A B", NULL, "" },
  { "nor any deeper", { { "a", "+b" }, { "b", "+c !B" }, { "c", "!C D" } }, "D", NULL, "" },
  { "a title of its own", { { "a", "=Day +b" }, { "b", "=Morning B" } }, "B", NULL, "" },
  { "goes by the title of all",
    { { "a", "=Day +b" }, { "b", "=Morning Morning" } },
    "Day",
    NULL,
    "" },
  { "no title of all", { { "a", "+b" }, { "b", "=Morning Morning" } }, "Morning", NULL, "" },
  { "relative to the top", { { "a", "+b" }, { "b", "+c" }, { "c", "=X X" } }, "X", NULL, "" },

  { "missing",
    { { "a", "A +b C" }, { "b", "?missing" } },
    "A C",
    NULL,
    "b” was left out: missing" },
  { "missing inside",
    { { "a", "+b" }, { "b", "B +c" }, { "c", "?missing" } },
    "B",
    NULL,
    "c” was left out: missing" },
  { "out of reach",
    { { "a", "A +b" }, { "b", "?away" } },
    "A +b",
    NULL,
    "b” was not included: away" },
  { "media", { { "a", "A +b" }, { "b", "B +c" }, { "c", "?away" } }, "A B +c", NULL, "" },
  { "nothing left",
    { { "a", "+b +c" }, { "b", "?missing" }, { "c", "?away but no" } },
    "+c",
    NULL,
    "b” was left out: missing" },
  { "nothing at all",
    { { "a", "+b +c" }, { "b", "?missing" }, { "c", "?gone" } },
    NULL,
    "unreachable: missing" },
  { "nothing to include",
    { { "a", "+b" }, { "b", "!B" } },
    NULL,
    "unsupported: playlist is empty" },
  { "its warnings", { { "a", "A +b" }, { "b", "B *careful" } }, "A B", NULL, "b”: careful" },

  { "itself", { { "a", "A +a B" } }, "A B", NULL, "a” was left out: it includes itself" },
  { "only itself", { { "a", "+a" } }, NULL, "unsupported: it includes itself" },
  { "itself in other words",
    { { "a", "A +HTTP://S.EXAMPLE:80/a#x" } },
    "A",
    NULL,
    "includes itself" },
  { "each other",
    { { "a", "A +b" }, { "b", "B +a" } },
    "A B",
    NULL,
    "a” was left out: it includes itself" },
  { "only each other", { { "a", "+b" }, { "b", "+a" } }, NULL, "unsupported: includes itself" },
  { "back by a redirect",
    { { "a", "A +b" }, { "b", ">a" } },
    "A",
    NULL,
    "b” was left out: it includes itself" },
  { "one in different places",
    { { "a", "+b +c" }, { "b", "+d" }, { "c", "+d" }, { "d", "D" } },
    "D D",
    NULL,
    "" },

  { "five deep",
    { { "a", "+b" }, { "b", "+c" }, { "c", "+d" }, { "d", "+e" }, { "e", "+f" }, { "f", "F" } },
    "F",
    NULL,
    "" },
  { "six deep",
    { { "a", "A +b" },
      { "b", "+c" },
      { "c", "+d" },
      { "d", "+e" },
      { "e", "+f" },
      { "f", "+g" },
      { "g", "G" } },
    "A",
    NULL,
    "g” was left out: the lists include each other more than 5 deep" },
  { "never ending", { { "a", "+http://chain.example/0" } }, NULL, "unsupported: more than 5 deep" },
  { "ever wider",
    { { "a", "A +http://wide.example/0" } },
    "A",
    NULL,
    "entries of the lists in it were looked at" },
  { "very many", { { "a", "+http://many.example/0 Z" } }, "50 Z", NULL, "only 50 lists" },
  { "too long", { { "a", "A +http://long.example/0" } }, "A", NULL, "entries together" },

  { "a host that ends oddly",
    { { "a", "A +http://stat;o +http://stat;o" }, { "http://stat;o", "B" } },
    "A B B",
    NULL,
    "" },
  { "a file from the web",
    { { "a", "A +file:///etc/x.asx" }, { "file:///etc/x.asx", "X" } },
    "A",
    NULL,
    "x.asx” was left out: a web page may not refer to" },
  { "this computer from the web",
    { { "a", "A +http://127.0.0.1/x" }, { "http://127.0.0.1/x", "X" } },
    "A",
    NULL,
    "a web page may not refer to" },
  { "a file from a file",
    { { "file:///a", "A +file:///b" }, { "file:///b", "B" } },
    "A B",
    NULL,
    "" },
  { "a file from the web from a file",
    { { "file:///a", "A +http://s.example/b" }, { "b", "B +file:///c" }, { "file:///c", "C" } },
    "A B",
    NULL,
    "c” was left out: a web page" },
};

static const Story *story;
static guint n_opened;

static char *
absolute (const char *uri)
{
  return strstr (uri, ":/") != NULL ? g_strdup (uri) : g_strconcat ("http://s.example/", uri, NULL);
}

static void
add_word (LecAnnouncement *announcement, const char *word)
{
  LecChannelInfo *info;
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  if (word[0] == '=') {
    announcement->title = g_strdup (word + 1);
    return;
  }
  if (word[0] == '*') {
    lec_warnings_add (announcement->warnings, "%s", word + 1);
    return;
  }
  info = lec_channel_info_new ();
  if (word[0] == '+')
    info->flags = LEC_ENTRY_INCLUDE;
  else if (word[0] == '!')
    info->flags = LEC_ENTRY_NOT_INCLUDED;
  info->title = g_strdup (word[0] == '!' ? word + 1 : word);
  lec_channel_info_add_alternative (info, LEC_KIND_URI)->uri
      = word[0] == '+' ? absolute (word + 1) : g_strdup ("http://s.example/media");
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  g_ptr_array_add (announcement->channels, channel);
}

static LecAnnouncement *
read_words (const char *text)
{
  LecAnnouncement *announcement = lec_announcement_new ("asx");
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    add_word (announcement, words[i]);
  return announcement;
}

/* Lists that nobody writes down: each includes the next; each includes the next two hundred times;
 * one of a hundred; one of more entries than a list may have. */
static char *
make_words (const char *uri)
{
  GString *words = g_string_new (NULL);
  guint number = (guint) g_ascii_strtoull (strrchr (uri, '/') + 1, NULL, 10);

  if (g_str_has_prefix (uri, "http://chain.example/")) {
    g_string_append_printf (words, "+http://chain.example/%u", number + 1);
  } else if (g_str_has_prefix (uri, "http://wide.example/")) {
    for (guint i = 0; i < 190; i++)
      g_string_append_printf (words, "+http://wide.example/%u ", number + 1);
  } else if (g_str_has_prefix (uri, "http://many.example/")) {
    if (number > 0)
      g_string_append (words, "N");
    for (guint i = 1; number == 0 && i < 100; i++)
      g_string_append_printf (words, "+http://many.example/%u ", i);
  } else if (g_str_has_prefix (uri, "http://long.example/")) {
    for (guint i = 0; i <= LEC_MAX_ENTRIES; i++)
      g_string_append (words, "L ");
  }
  g_strchomp (words->str);
  return g_string_free (words, FALSE);
}

static char *
find_words (const char *uri)
{
  for (guint i = 0; i < G_N_ELEMENTS (story->pages) && story->pages[i].uri != NULL; i++) {
    g_autofree char *page = absolute (story->pages[i].uri);

    if (strcmp (page, uri) == 0)
      return g_strdup (story->pages[i].words);
  }
  return make_words (uri);
}

/* In place of the one that opens files and pages. `?` is a failure, `>` a redirect. */
LecAnnouncement *
lec_document_open (const char *location,
                   const LecDeadline *deadline,
                   char **uri,
                   gboolean *may_play,
                   GError **error)
{
  g_autofree char *words = find_words (location);

  n_opened++;
  *may_play = FALSE;
  *uri = NULL;
  if (words[0] == '?') {
    *may_play = g_str_has_prefix (words, "?away");
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, words + 1);
    return NULL;
  }
  *uri = words[0] == '>' ? absolute (words + 1) : g_strdup (location);
  if (words[0] == '>') {
    g_free (words);
    words = find_words (*uri);
  }
  return read_words (words);
}

/* Of a long list, only how long it is and how it ends. */
static char *
print_words (const GPtrArray *channels)
{
  GString *words = g_string_new (NULL);

  if (channels->len > 10) {
    g_string_append_printf (
        words, "%u %s", channels->len,
        lec_channel_get_title (g_ptr_array_index (channels, channels->len - 1)));
    return g_string_free (words, FALSE);
  }
  for (guint i = 0; i < channels->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "",
                            lec_channel_get_title (g_ptr_array_index (channels, i)));
  return g_string_free (words, FALSE);
}

static void
check_warnings (const LecAnnouncement *announcement, const char *warning)
{
  g_autofree char *all = NULL;

  g_ptr_array_add (announcement->warnings, NULL);
  all = g_strjoinv ("; ", (char **) announcement->warnings->pdata);
  if (strstr (all, warning) == NULL)
    g_error ("“%s” is not among the warnings: %s", warning, all);
}

static void
test_story (gconstpointer data)
{
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, NULL, NULL);
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *words = NULL;

  story = data;
  n_opened = 0;
  uri = absolute (story->pages[0].uri);
  announcement = read_words (story->pages[0].words);
  if (story->refusal != NULL) {
    const char *piece = strchr (story->refusal, ' ') + 1;

    g_assert_false (lec_include_follow (announcement, uri, lec_document_open, deadline, &error));
    g_assert_true (error->domain == LEC_ERROR);
    g_assert_true (g_str_has_prefix (story->refusal, lec_error_get_name (error)));
    if (strstr (error->message, piece) == NULL)
      g_error ("expected “%s”, not “%s”", piece, error->message);
  } else {
    gboolean followed = lec_include_follow (announcement, uri, lec_document_open, deadline, &error);

    g_assert_no_error (error);
    g_assert_true (followed);
    words = print_words (announcement->channels);
    g_assert_cmpstr (words, ==, story->promise);
    check_warnings (announcement, story->warning);
  }
  g_assert_cmpuint (n_opened, <=, LEC_INCLUDE_DOCUMENTS);
}

/* The part that is played over and over moves with what stands before it and grows with what is
 * in it. */
static void
test_repeat (void)
{
  static const struct
  {
    guint from, to;
    guint new_from, new_to;
  } rows[] = { { 0, 0, 0, 0 }, { 0, 1, 0, 1 }, { 1, 2, 1, 4 }, { 2, 3, 4, 5 },
               { 0, 4, 0, 5 }, { 2, 2, 4, 4 }, { 3, 4, 5, 5 } };
  static const Story pages
      = { .pages = { { "a", "A +b C +c" }, { "b", "B1 B2 B3" }, { "c", "?missing" } } };

  story = &pages;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, NULL, NULL);
    g_autoptr (LecAnnouncement) announcement = read_words (pages.pages[0].words);

    announcement->repeat_from = rows[i].from;
    announcement->repeat_to = rows[i].to;
    g_assert_true (
        lec_include_follow (announcement, "http://s.example/a", lec_document_open, deadline, NULL));
    g_assert_cmpuint (announcement->channels->len, ==, 5);
    g_assert_cmpuint (announcement->repeat_from, ==, rows[i].new_from);
    g_assert_cmpuint (announcement->repeat_to, ==, rows[i].new_to);
  }
}

static void
test_events (void)
{
  static const Story pages = { .pages = { { "a", "A" }, { "b", "B1 B2" } } };
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, NULL, NULL);
  g_autoptr (LecAnnouncement) announcement = read_words ("A");
  g_autoptr (LecAnnouncement) others = read_words ("X +b");
  LecEvent *event = lec_announcement_add_event (announcement, "break", LEC_WHEN_DONE_RESUME);
  g_autofree char *words = NULL;

  story = &pages;
  g_ptr_array_extend_and_steal (event->channels, g_steal_pointer (&others->channels));
  others->channels = g_ptr_array_new ();
  g_assert_true (
      lec_include_follow (announcement, "http://s.example/a", lec_document_open, deadline, NULL));
  words = print_words (event->channels);
  g_assert_cmpstr (words, ==, "X B1 B2");
  g_assert_cmpuint (announcement->channels->len, ==, 1);
}

static void
test_cancelled (void)
{
  static const Story pages = { .pages = { { "a", "A +b" }, { "b", "?away" } } };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LecDeadline) deadline = lec_deadline_new (LONG_MS, cancellable, NULL);
  g_autoptr (LecAnnouncement) announcement = read_words ("A +b");
  g_autoptr (GError) error = NULL;

  story = &pages;
  g_cancellable_cancel (cancellable);
  g_assert_false (
      lec_include_follow (announcement, "http://s.example/a", lec_document_open, deadline, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strdup_printf ("/include/%s", stories[i].story);

    g_test_add_data_func (path, &stories[i], test_story);
  }
  g_test_add_func ("/include-repeat", test_repeat);
  g_test_add_func ("/include-events", test_events);
  g_test_add_func ("/include-cancelled", test_cancelled);
  return g_test_run ();
}
