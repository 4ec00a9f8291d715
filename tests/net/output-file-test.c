/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/output-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "channel/error.h"

typedef struct
{
  char *folder, *path, *link;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("lectern-output-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "x.pcap", NULL);
  fixture->link = g_build_filename (fixture->folder, "link", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->link);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->link);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_text (Fixture *fixture, const char *text)
{
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
}

static void
assert_text (Fixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
append (const char *path, const char *text, gboolean expected_to_continue)
{
  g_autoptr (GError) error = NULL;
  gboolean continues;
  int fd = lec_output_file_open (path, &continues, &error);

  g_assert_no_error (error);
  g_assert_cmpint (continues, ==, expected_to_continue);
  lec_output_file_begin (fd);
  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize) strlen (text));
  close (fd);
}

static void
assert_refused (const char *path, LecOutputFileMode mode, const char *before, const char *behind)
{
  g_autofree char *sentence = g_strconcat (before, path, behind, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (lec_output_file_claim (path, mode, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  g_assert_cmpstr (error->message, ==, sentence);
  if (mode == LEC_OUTPUT_FILE_NEW) {
    g_autoptr (GError) again = NULL;
    gboolean continues;

    g_assert_cmpint (lec_output_file_open (path, &continues, &again), ==, -1);
    g_assert_cmpstr (again->message, ==, sentence);
  }
}

/* What this process has begun it may go on with. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  append (fixture->path, "one", FALSE);
  append (fixture->path, " two", TRUE);
  assert_text (fixture, "one two");
}

static void
test_claimed (Fixture *fixture, gconstpointer data)
{
  g_assert_true (lec_output_file_claim (fixture->path, LEC_OUTPUT_FILE_NEW, NULL));
  assert_text (fixture, "");
  append (fixture->path, "one", FALSE);
  append (fixture->path, " two", TRUE);
  g_assert_true (lec_output_file_claim (fixture->path, LEC_OUTPUT_FILE_OVERWRITE, NULL));
  assert_text (fixture, "one two");
}

static void
test_existing (Fixture *fixture, gconstpointer data)
{
  write_text (fixture, "precious");
  assert_refused (fixture->path, LEC_OUTPUT_FILE_NEW, "“",
                  "” exists already; it is replaced only with --overwrite");
  assert_text (fixture, "precious");
  g_assert_true (lec_output_file_claim (fixture->path, LEC_OUTPUT_FILE_OVERWRITE, NULL));
  assert_text (fixture, "precious");
  append (fixture->path, "new", FALSE);
  assert_text (fixture, "new");
  append (fixture->path, "er", TRUE);
  assert_text (fixture, "newer");
}

/* Nothing is to be written after all. */
static void
test_discarded (Fixture *fixture, gconstpointer data)
{
  gboolean continues;
  int fd;

  lec_output_file_discard (fixture->path);
  g_assert_true (lec_output_file_claim (fixture->path, LEC_OUTPUT_FILE_NEW, NULL));
  fd = lec_output_file_open (fixture->path, &continues, NULL);
  close (fd);
  lec_output_file_discard (fixture->path);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  append (fixture->path, "one", FALSE);
  lec_output_file_discard (fixture->path);
  assert_text (fixture, "one");
}

/* What was there before was to go, and stays, until something is written. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  gboolean continues;
  int fd;

  write_text (fixture, "precious");
  lec_output_file_discard (fixture->path);
  assert_text (fixture, "precious");
  g_assert_true (lec_output_file_claim (fixture->path, LEC_OUTPUT_FILE_OVERWRITE, NULL));
  fd = lec_output_file_open (fixture->path, &continues, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_assert_false (continues);
  close (fd);
  lec_output_file_discard (fixture->path);
  assert_text (fixture, "precious");
  append (fixture->path, "new", FALSE);
  lec_output_file_discard (fixture->path);
  assert_text (fixture, "new");
}

/* Empty before, it is not ours to remove. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  write_text (fixture, "");
  g_assert_true (lec_output_file_claim (fixture->path, LEC_OUTPUT_FILE_OVERWRITE, NULL));
  lec_output_file_discard (fixture->path);
  assert_text (fixture, "");
}

/* One's own as well, where that is said. */
static void
test_own_replaced (Fixture *fixture, gconstpointer data)
{
  append (fixture->path, "one", FALSE);
  g_assert_true (lec_output_file_replace (fixture->path, NULL));
  assert_text (fixture, "one");
  append (fixture->path, "two", FALSE);
  assert_text (fixture, "two");
}

/* What has the name by now is another file. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);

  g_assert_true (lec_output_file_claim (fixture->path, LEC_OUTPUT_FILE_NEW, NULL));
  g_assert_true (g_file_set_contents (other, "", 0, NULL));
  g_assert_cmpint (g_rename (other, fixture->path), ==, 0);
  lec_output_file_discard (fixture->path);
  assert_text (fixture, "");
}

/* Another file of that name is not the one that was claimed. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);

  append (fixture->path, "one", FALSE);
  g_assert_true (g_file_set_contents (other, "precious", -1, NULL));
  g_assert_cmpint (g_rename (other, fixture->path), ==, 0);
  assert_refused (fixture->path, LEC_OUTPUT_FILE_NEW, "“",
                  "” exists already; it is replaced only with --overwrite");
  assert_text (fixture, "precious");
}

/* Neither to a file that is there, nor to one that would come into being. */
static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (symlink (fixture->path, fixture->link), ==, 0);
  for (guint i = 0; i < 2; i++) {
    assert_refused (fixture->link, LEC_OUTPUT_FILE_NEW, "“",
                    "” is a link; name the file that it leads to");
    assert_refused (fixture->link, LEC_OUTPUT_FILE_OVERWRITE, "“",
                    "” is a link; name the file that it leads to");
    g_assert_cmpint (g_file_test (fixture->path, G_FILE_TEST_EXISTS), ==, i == 1);
    if (i == 0)
      write_text (fixture, "precious");
  }
  assert_text (fixture, "precious");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none", "x.pcap", NULL);

  assert_refused (nowhere, LEC_OUTPUT_FILE_NEW, "Cannot write “", "”: No such file or directory");
  assert_refused (fixture->folder, LEC_OUTPUT_FILE_OVERWRITE, "Cannot write “",
                  "”: Is a directory");
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture->path, LEC_OUTPUT_FILE_NEW, "Cannot write “",
                  "”: No such device or address");
}

/* There is nothing in it that could be lost. */
static void
test_device (Fixture *fixture, gconstpointer data)
{
  append ("/dev/null", "one", FALSE);
  append ("/dev/null", "two", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/output-file/new", test_new);
  ADD ("/output-file/claimed", test_claimed);
  ADD ("/output-file/existing", test_existing);
  ADD ("/output-file/discarded", test_discarded);
  ADD ("/output-file/kept", test_kept);
  ADD ("/output-file/empty", test_empty);
  ADD ("/output-file/own-replaced", test_own_replaced);
  ADD ("/output-file/moved", test_moved);
  ADD ("/output-file/replaced", test_replaced);
  ADD ("/output-file/link", test_link);
  ADD ("/output-file/refused", test_refused);
  ADD ("/output-file/device", test_device);
#undef ADD
  return g_test_run ();
}
