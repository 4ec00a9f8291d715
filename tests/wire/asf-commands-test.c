/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-commands.h"

#include <string.h>

#include "wire/cue.h"

#define PREROLL_MS 3000
#define HEADER 30 /* [bytes] before the first object */

/* ---- headers ---- */

static void
add (GByteArray *bytes, guint64 number, guint size)
{
  for (guint i = 0; i < size; i++)
    g_byte_array_append (bytes,
                         (const guint8[]){ (guint8) (i < sizeof number ? number >> 8 * i : 0) }, 1);
}

/* Two fields of a GUID are enough to tell these apart. */
static void
add_guid (GByteArray *bytes, const char *hex)
{
  for (; *hex != '\0'; hex += 2)
    add (bytes, (guint64) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1])), 1);
}

static void
add_text (GByteArray *bytes, const char *text)
{
  for (; *text != '\0'; text++)
    add (bytes, (guint8) *text, 2);
}

/* Takes @content. */
static void
add_object (GByteArray *header, const char *guid, GByteArray *content)
{
  add_guid (header, guid);
  add (header, 24 + content->len, 8);
  g_byte_array_append (header, content->data, content->len);
  g_byte_array_unref (content);
}

static GByteArray *
new_header (void)
{
  GByteArray *header = g_byte_array_new ();
  GByteArray *properties = g_byte_array_new ();

  add_guid (header, "3026b2758e66cf11a6d900aa0062ce6c");
  add (header, 0, 14); /* its size, which a station may not know */
  add (properties, 0, 80 - 24);
  add (properties, PREROLL_MS, 8);
  add (properties, 0, 16);
  add_object (header, "a1dcab8c47a9cf118ee400c00c205365", properties);
  g_assert_cmpuint (header->len, ==, HEADER + 104);
  return header;
}

static void
add_command (GByteArray *commands, guint32 time, guint type, const char *parameter)
{
  add (commands, time, 4);
  add (commands, type, 2);
  add (commands, strlen (parameter), 2);
  add_text (commands, parameter);
}

static GByteArray *
new_commands (guint n_commands, guint n_types, const char *const *types)
{
  GByteArray *commands = g_byte_array_new ();

  add (commands, 0, 16);
  add (commands, n_commands, 2);
  add (commands, n_types, 2);
  for (; *types != NULL; types++) {
    add (commands, strlen (*types), 2);
    add_text (commands, *types);
  }
  return commands;
}

static void
add_commands (GByteArray *header, GByteArray *commands)
{
  add_object (header, "301afb1e620bd011a39b00a0c90348f6", commands);
}

static GByteArray *
new_markers (guint n_markers)
{
  GByteArray *markers = g_byte_array_new ();

  add (markers, 0, 16);
  add (markers, n_markers, 4);
  add (markers, 0, 2);
  add (markers, 8, 2);
  add_text (markers, "name");
  return markers;
}

static void
add_marker (GByteArray *markers, guint64 time_ms, const char *name)
{
  add (markers, 0, 8);
  add (markers, time_ms * 10000, 8);
  add (markers, 12 + 2 * strlen (name), 2);
  add (markers, 0, 8);
  add (markers, strlen (name), 4);
  add_text (markers, name);
}

static void
add_markers (GByteArray *header, GByteArray *markers)
{
  add_object (header, "01cd87f451a9cf118ee600c00c205365", markers);
}

static const char *const types[] = { "URL", "TEXT", NULL };

/* ---- commands ---- */

static void
check_command (GArray *commands, guint index, guint32 time, const char *type, const char *parameter)
{
  const LecAsfCommand *command = &g_array_index (commands, LecAsfCommand, index);

  g_assert_cmpuint (index, <, commands->len);
  g_assert_cmpuint (command->presentation, ==, time);
  g_assert_cmpstr (command->type, ==, type);
  g_assert_cmpstr (command->parameter, ==, parameter);
}

/* In the order of their times; those of one time as they stand there. A type that is not there
 * takes its command with it, and no other. */
static void
test_commands (void)
{
  g_autoptr (GByteArray) header = new_header ();
  GByteArray *written = new_commands (5, 2, types);
  g_autoptr (GArray) commands = NULL;

  add_command (written, 9000, 0, "slides/3.png");
  add_command (written, 4000, 0, "slides/1.png");
  add_command (written, 6000, 2, "no such type");
  add_command (written, 6000, 1, "second");
  add_command (written, 6000, 0, "");
  add_markers (header, new_markers (0));
  add_commands (header, written);
  commands = lec_asf_commands_read (header->data, header->len);
  g_assert_cmpuint (commands->len, ==, 4);
  check_command (commands, 0, 4000, "URL", "slides/1.png");
  check_command (commands, 1, 6000, "TEXT", "second");
  check_command (commands, 2, 6000, "URL", "");
  check_command (commands, 3, 9000, "URL", "slides/3.png");
}

/* Every prefix gives the commands that are whole in it, wherever it ends. */
static void
test_prefixes (void)
{
  g_autoptr (GByteArray) header = new_header ();
  GByteArray *written = new_commands (2, 2, types);
  gsize first;

  add_command (written, 1, 0, "one");
  first = header->len + 24 + written->len;
  add_command (written, 2, 1, "two");
  add_commands (header, written);
  for (gsize size = 0; size <= header->len; size++) {
    g_autofree guint8 *prefix = g_memdup2 (header->data, size);
    g_autoptr (GArray) commands = lec_asf_commands_read (prefix, size);
    g_autoptr (GArray) markers = lec_asf_markers_read (prefix, size);

    g_assert_cmpuint (commands->len, ==, (size >= first) + (size == header->len));
    g_assert_cmpuint (markers->len, ==, 0);
  }
}

static void
test_too_many_commands (void)
{
  g_autoptr (GByteArray) header = new_header ();
  GByteArray *written = new_commands (0xffff, 2, types);
  g_autoptr (GArray) commands = NULL;

  for (guint i = 0; i < 0xffff; i++)
    add_command (written, i, 0, "");
  add_commands (header, written);
  commands = lec_asf_commands_read (header->data, header->len);
  g_assert_cmpuint (commands->len, ==, LEC_ASF_COMMANDS_MAX);
  check_command (commands, LEC_ASF_COMMANDS_MAX - 1, LEC_ASF_COMMANDS_MAX - 1, "URL", "");
}

static void
test_long_texts (void)
{
  g_autoptr (GByteArray) header = new_header ();
  g_autofree char *longest = g_strnfill (0xffff, 'x');
  GByteArray *written = new_commands (1, 1, (const char *[]){ longest, NULL });
  g_autoptr (GArray) commands = NULL;
  const LecAsfCommand *command;

  add_command (written, 1, 0, longest);
  add_commands (header, written);
  commands = lec_asf_commands_read (header->data, header->len);
  g_assert_cmpuint (commands->len, ==, 1);
  command = &g_array_index (commands, LecAsfCommand, 0);
  g_assert_cmpuint (strlen (command->type), ==, LEC_CUE_TYPE_MAX);
  g_assert_cmpuint (strlen (command->parameter), ==, LEC_CUE_PARAMETER_MAX);
}

static void
test_none (void)
{
  g_autoptr (GByteArray) header = new_header ();
  g_autoptr (GArray) commands = lec_asf_commands_read (header->data, header->len);
  g_autoptr (GArray) markers = lec_asf_markers_read (header->data, header->len);

  g_assert_cmpuint (commands->len, ==, 0);
  g_assert_cmpuint (markers->len, ==, 0);
}

/* An object that says it is smaller than its own front ends what can be read. */
static void
test_object_of_no_size (void)
{
  g_autoptr (GByteArray) header = new_header ();
  GByteArray *written = new_commands (1, 2, types);
  g_autoptr (GArray) commands = NULL;

  add_command (written, 1, 0, "one");
  add_guid (header, "00000000000000000000000000000000");
  add (header, 0, 8);
  add_commands (header, written);
  commands = lec_asf_commands_read (header->data, header->len);
  g_assert_cmpuint (commands->len, ==, 0);
}

/* ---- on their way ---- */

static GArray *
read_ahead (const char *const *parameters, const guint32 *times)
{
  g_autoptr (GByteArray) header = new_header ();
  GByteArray *written = new_commands (4, 2, types);

  for (guint i = 0; i < 4; i++)
    add_command (written, times[i], i == 2 ? 1 : 0, parameters[i]);
  add_commands (header, written);
  return lec_asf_commands_read (header->data, header->len);
}

/* Half a minute before its time each is told; who comes later gets the slide of the moment. */
static void
test_ahead (void)
{
  static const guint32 times[] = { 5000, 60000, 70000, 120000 };
  static const char *const names[] = { "1.png", "2.png", "text", "3.png" };
  static const struct
  {
    guint32 begin, now;
    const char *told;
  } rows[] = {
    { 0, 0, "1.png " },
    { 0, 29999, "1.png " },
    { 0, 30000, "1.png 2.png " },
    { 0, 200000, "1.png 2.png text 3.png " },
    { 5000, 5000, "1.png " },
    { 20000, 20000, "1.png " },
    { 65000, 65000, "2.png text " },
    { 80000, 80000, "2.png text " },
    { 80000, 90000, "2.png text 3.png " },
    { 500000, 500000, "3.png " },
  };
  g_autoptr (GArray) commands = read_ahead (names, times);
  LecAsfAhead none = { 0 };
  LecAsfCommand command;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GString) told = g_string_new (NULL);
    LecAsfAhead ahead;

    lec_asf_ahead_begin (&ahead, commands, rows[i].begin);
    while (lec_asf_ahead_take (&ahead, rows[i].now, &command))
      g_string_append_printf (told, "%s ", command.parameter);
    g_assert_cmpstr (told->str, ==, rows[i].told);
  }
  g_assert_false (lec_asf_ahead_take (&none, 0, &command));
}

/* ---- markers ---- */

/* Told without the preroll, in the order of their numbers. */
static void
test_markers (void)
{
  g_autoptr (GByteArray) header = new_header ();
  GByteArray *written = new_markers (3);
  g_autoptr (GArray) markers = NULL;
  static const LecAsfMarker expected[]
      = { { 0, "Welcome" }, { 61000, "Questions" }, { 2500, "Introduction" } };

  add_marker (written, 10, "Welcome");
  add_marker (written, 64000, "Questions");
  add_marker (written, 5500, "Introduction");
  add_commands (header, new_commands (0, 0, types + 2));
  add_markers (header, written);
  markers = lec_asf_markers_read (header->data, header->len);
  g_assert_cmpuint (markers->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < markers->len; i++) {
    const LecAsfMarker *marker = &g_array_index (markers, LecAsfMarker, i);

    g_assert_cmpint (marker->time_ms, ==, expected[i].time_ms);
    g_assert_cmpstr (marker->name, ==, expected[i].name);
  }
}

static void
test_hostile_markers (void)
{
  g_autoptr (GByteArray) header = new_header ();
  GByteArray *written = new_markers (G_MAXUINT32);
  g_autoptr (GArray) markers = NULL;

  add (written, 0, 8);
  add (written, G_MAXUINT64, 8);
  add (written, 0, 2 + 8 + 4);
  add (written, 0, 8 + 8 + 2 + 8);
  add (written, G_MAXUINT32, 4); /* longer than all there is */
  add_text (written, "x");
  add_markers (header, written);
  markers = lec_asf_markers_read (header->data, header->len);
  g_assert_cmpuint (markers->len, ==, 1);
  g_assert_cmpint (g_array_index (markers, LecAsfMarker, 0).time_ms, ==,
                   (gint64) (G_MAXUINT64 / 10000 - PREROLL_MS));
}

static void
test_too_many_markers (void)
{
  g_autoptr (GByteArray) header = new_header ();
  GByteArray *written = new_markers (5000);
  g_autoptr (GArray) markers = NULL;

  for (guint i = 0; i < 5000; i++)
    add_marker (written, i, "");
  add_markers (header, written);
  markers = lec_asf_markers_read (header->data, header->len);
  g_assert_cmpuint (markers->len, ==, LEC_ASF_COMMANDS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asf-commands/commands", test_commands);
  g_test_add_func ("/asf-commands/prefixes", test_prefixes);
  g_test_add_func ("/asf-commands/too-many-commands", test_too_many_commands);
  g_test_add_func ("/asf-commands/long-texts", test_long_texts);
  g_test_add_func ("/asf-commands/none", test_none);
  g_test_add_func ("/asf-commands/object-of-no-size", test_object_of_no_size);
  g_test_add_func ("/asf-commands/ahead", test_ahead);
  g_test_add_func ("/asf-commands/markers", test_markers);
  g_test_add_func ("/asf-commands/hostile-markers", test_hostile_markers);
  g_test_add_func ("/asf-commands/too-many-markers", test_too_many_markers);
  return g_test_run ();
}
