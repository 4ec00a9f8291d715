/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs a fuzz target as an ordinary test, where no fuzzing engine is there.
 *
 *   TARGET [--seconds S] [--rounds N] [--seed N] FILE|FOLDER...
 *
 * Each file below the given ones is run whole, cut short at many places, and then changed at
 * random: the same seed makes the same changes. An input that crashes the target, or keeps it
 * for more than INPUT_LIMIT_S, is left behind in `crash.bin`, which can be given as FILE. */
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define INPUT_LIMIT_S 5
#define LONGEST_INPUT (64 * 1024)
#define MAX_CUTS 200 /* prefixes tried of each file */
#define MAX_DEPTH 4  /* folders in folders */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What crashed has to be found by a signal handler. */
static const guint8 *current;
static gsize current_size;

static const guint32 interesting[]
    = { 0,      1,      2,      0x7f,    0x80,       0xff,       0x100,
        0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff };

static void
leave_behind (int number)
{
  int file = open ("crash.bin", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const char words[] = "this input is left in crash.bin\n";

  if (file < 0 || write (file, current, current_size) < 0
      || write (STDERR_FILENO, words, sizeof words - 1) < 0)
    _exit (99);
  signal (number, SIG_DFL);
  raise (number);
}

static void
run_input (const guint8 *data, gsize size)
{
  /* a copy of just that size: a sanitizer then sees the first byte read too far */
  g_autofree guint8 *copy = g_memdup2 (data, size);

  current = data;
  current_size = size;
  alarm (INPUT_LIMIT_S);
  LLVMFuzzerTestOneInput (copy, size);
  alarm (0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
load (GPtrArray *corpus, const char *path, guint depth)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  char *text;
  gsize size;

  if (folder == NULL) {
    if (g_file_get_contents (path, &text, &size, NULL))
      g_ptr_array_add (corpus, g_bytes_new_take (text, MIN (size, LONGEST_INPUT)));
    return;
  }
  while (depth > 0 && (name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  /* folders list in any order, and the seed chooses by place */
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    load (corpus, names->pdata[i], depth - 1);
}

static void
run_prefixes (GBytes *text)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (text, &size);
  gsize step = 1 + size / MAX_CUTS;

  for (gsize length = 0; length < size; length += step)
    run_input (data, length);
  run_input (data, size);
}

static void
splice_in (GByteArray *input, GRand *rng, GBytes *other)
{
  gsize size, from, length;
  const guint8 *data = g_bytes_get_data (other, &size);
  guint at = (guint) g_rand_int_range (rng, 0, (gint32) input->len + 1);

  if (size == 0)
    return;
  from = (gsize) g_rand_int_range (rng, 0, (gint32) size);
  length = (gsize) g_rand_int_range (rng, 1, (gint32) MIN (size - from, 256) + 1);
  g_byte_array_set_size (input, at);
  g_byte_array_append (input, data + from, (guint) length);
}

static void
put_number (GByteArray *input, GRand *rng)
{
  guint32 value = interesting[g_rand_int_range (rng, 0, G_N_ELEMENTS (interesting))];
  guint width = 1u << g_rand_int_range (rng, 0, 3);
  guint at;

  if (input->len < width)
    return;
  at = (guint) g_rand_int_range (rng, 0, (gint32) (input->len - width + 1));
  for (guint i = 0; i < width; i++)
    input->data[at + i] = (guint8) (value >> (8 * (width - 1 - i)));
}

/* Through a copy: appending may move the array from under its own bytes. */
static void
say_again (GByteArray *input, guint at)
{
  guint8 copy[64];
  guint length = MIN (input->len - at, sizeof copy);

  memcpy (copy, input->data + at, length);
  g_byte_array_append (input, copy, length);
}

static void
change (GByteArray *input, GRand *rng, const GPtrArray *corpus)
{
  guint at = input->len > 0 ? (guint) g_rand_int_range (rng, 0, (gint32) input->len) : 0;

  switch (input->len > 0 ? g_rand_int_range (rng, 0, 6) : 5) {
  case 0:
    input->data[at] ^= (guint8) (1u << g_rand_int_range (rng, 0, 8));
    break;
  case 1:
    input->data[at] = (guint8) g_rand_int (rng);
    break;
  case 2:
    put_number (input, rng);
    break;
  case 3: /* cut out */
    g_byte_array_remove_range (
        input, at, (guint) g_rand_int_range (rng, 1, (gint32) MIN (input->len - at, 64) + 1));
    break;
  case 4:
    say_again (input, at);
    break;
  default:
    splice_in (input, rng, corpus->pdata[g_rand_int_range (rng, 0, (gint32) corpus->len)]);
    break;
  }
  if (input->len > LONGEST_INPUT)
    g_byte_array_set_size (input, LONGEST_INPUT);
}

static void
run_changed (GRand *rng, const GPtrArray *corpus)
{
  GBytes *text = corpus->pdata[g_rand_int_range (rng, 0, (gint32) corpus->len)];
  g_autoptr (GByteArray) input = g_byte_array_new ();
  int changes = 1 << g_rand_int_range (rng, 0, 5);
  gsize size;
  const guint8 *data = g_bytes_get_data (text, &size);

  g_byte_array_append (input, data, (guint) size);
  for (int i = 0; i < changes; i++)
    change (input, rng, corpus);
  run_input (input->data, input->len);
}

int
main (int argc, char **argv)
{
  int seconds = 4, rounds = 1000000, seed = 1;
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, NULL, NULL },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &rounds, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE|FOLDER...");
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rng = NULL;
  gint64 end_us;
  int n = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    load (corpus, paths[i], MAX_DEPTH);
  g_ptr_array_add (corpus, g_bytes_new_static ("", 0));
  signal (SIGALRM, leave_behind);
  signal (SIGABRT, leave_behind);
  signal (SIGSEGV, leave_behind);
  signal (SIGTRAP, leave_behind);
  end_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  for (guint i = 0; i < corpus->len; i++)
    run_prefixes (corpus->pdata[i]);
  rng = g_rand_new_with_seed ((guint32) seed);
  for (n = 0; n < rounds && g_get_monotonic_time () < end_us; n++)
    run_changed (rng, corpus);
  g_print ("%u files, then %d changed ones\n", corpus->len, n);
  return 0;
}
