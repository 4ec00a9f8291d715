/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/asf-commands.h"

#include <string.h>

#include "wire/asf-text.h"
#include "wire/cue.h"
#include "wire/reader.h"
#include "wire/serial.h"

#define GUID 16           /* [bytes] */
#define OBJECT (GUID + 8) /* [bytes] GUID and size in front of each object */
#define HEADER (OBJECT + 6)
#define PREROLL 80         /* [bytes] where it stands in the File Properties Object */
#define UNITS_PER_MS 10000 /* of 100 ns */
#define MARKER_NAME 1024   /* [bytes] */

static const guint8 file_properties[GUID] = { 0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11,
                                              0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
static const guint8 script_command[GUID] = { 0x30, 0x1a, 0xfb, 0x1e, 0x62, 0x0b, 0xd0, 0x11,
                                             0xa3, 0x9b, 0x00, 0xa0, 0xc9, 0x03, 0x48, 0xf6 };
static const guint8 marker_object[GUID] = { 0x01, 0xcd, 0x87, 0xf4, 0x51, 0xa9, 0xcf, 0x11,
                                            0x8e, 0xe6, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };

/* What is in the first object of a kind; one that says it is longer than the header ends with it.
 * Empty where there is none. */
static LecReader
find_object (const guint8 *header, gsize size, const guint8 *kind)
{
  LecReader reader = lec_reader_init (header, size);

  lec_reader_skip (&reader, HEADER);
  while (reader.left >= OBJECT) {
    const guint8 *guid = lec_reader_bytes (&reader, GUID);
    const guint64 length = lec_reader_le64 (&reader);
    gsize left;

    if (length < OBJECT)
      break;
    left = (gsize) MIN (length - OBJECT, reader.left);
    if (memcmp (guid, kind, GUID) == 0)
      return lec_reader_init (reader.at, left);
    lec_reader_skip (&reader, left);
  }
  return lec_reader_init (header, 0);
}

/* Two bytes a character. Returns: (transfer full) (nullable): NULL where it is not all there */
static char *
read_text (LecReader *reader, guint32 characters, gsize most)
{
  const gsize size = (gsize) characters * 2;
  const guint8 *bytes = lec_reader_bytes (reader, size);

  return bytes != NULL ? lec_asf_text_dup (bytes, size, most, NULL) : NULL;
}

/* ---- commands ---- */

static void
clear_command (gpointer data)
{
  LecAsfCommand *command = data;

  g_free (command->type);
  g_free (command->parameter);
}

static gint
compare_commands (gconstpointer a, gconstpointer b)
{
  const guint32 first = ((const LecAsfCommand *) a)->presentation;
  const guint32 second = ((const LecAsfCommand *) b)->presentation;

  return (first > second) - (first < second);
}

/*  | time, 4 | index of the type, 2 | length, 2 | parameter |
 *
 * Returns: whether another may follow */
static gboolean
read_command (LecReader *reader, GPtrArray *types, GArray *commands)
{
  LecAsfCommand command = { .presentation = lec_reader_le32 (reader) };
  const guint type = lec_reader_le16 (reader);

  command.parameter = read_text (reader, lec_reader_le16 (reader), LEC_CUE_PARAMETER_MAX);
  if (command.parameter == NULL)
    return FALSE;
  if (type >= types->len || *(const char *) g_ptr_array_index (types, type) == '\0') {
    g_free (command.parameter);
    return TRUE;
  }
  command.type = g_strdup (g_ptr_array_index (types, type));
  g_array_append_val (commands, command);
  return TRUE;
}

/*  | reserved GUID | number of commands, 2 | of types, 2 | types | commands | */
GArray *
lec_asf_commands_read (const guint8 *header, gsize size)
{
  GArray *commands = g_array_new (FALSE, FALSE, sizeof (LecAsfCommand));
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func (g_free);
  LecReader reader = find_object (header, size, script_command);
  guint n_commands, n_types;

  g_array_set_clear_func (commands, clear_command);
  lec_reader_skip (&reader, GUID);
  n_commands = lec_reader_le16 (&reader);
  n_types = lec_reader_le16 (&reader);
  for (guint i = 0; i < n_types; i++) {
    char *type = read_text (&reader, lec_reader_le16 (&reader), LEC_CUE_TYPE_MAX);

    if (type == NULL)
      return commands;
    g_ptr_array_add (types, type);
  }
  for (guint i = 0; i < n_commands && commands->len < LEC_ASF_COMMANDS_MAX; i++) {
    if (!read_command (&reader, types, commands))
      break;
  }
  g_array_sort (commands, compare_commands);
  return commands;
}

/* ---- on their way ---- */

static const LecAsfCommand *
peek (const LecAsfAhead *self, guint index)
{
  return self->commands != NULL && index < self->commands->len
             ? &g_array_index (self->commands, LecAsfCommand, index)
             : NULL;
}

void
lec_asf_ahead_begin (LecAsfAhead *self, const GArray *commands, guint32 now)
{
  const LecAsfCommand *command;

  *self = (LecAsfAhead){ commands, 0 };
  while ((command = peek (self, self->next)) != NULL && command->presentation < now)
    self->next++;
  for (guint i = self->next; i > 0; i--) {
    if (g_ascii_strcasecmp (peek (self, i - 1)->type, "URL") == 0) {
      self->next = i - 1;
      return;
    }
  }
}

gboolean
lec_asf_ahead_take (LecAsfAhead *self, guint32 now, LecAsfCommand *command)
{
  const LecAsfCommand *next = peek (self, self->next);

  if (next == NULL || lec_serial_diff (now, next->presentation, 32) > LEC_ASF_AHEAD_MS)
    return FALSE;
  *command = *next;
  self->next++;
  return TRUE;
}

/* ---- markers ---- */

static void
clear_marker (gpointer data)
{
  g_free (((LecAsfMarker *) data)->name);
}

static guint64
read_preroll (const guint8 *header, gsize size)
{
  LecReader reader = find_object (header, size, file_properties);

  lec_reader_skip (&reader, PREROLL - OBJECT);
  return lec_reader_le64 (&reader);
}

/*  | offset, 8 | time, 8 | length, 2 | send time, 4 | flags, 4 | length of the name, 4 | name |
 *
 * Returns: whether another may follow */
static gboolean
read_marker (LecReader *reader, guint64 preroll_ms, GArray *markers)
{
  LecAsfMarker marker;
  guint64 time_ms;
  guint32 length;

  lec_reader_skip (reader, 8);
  time_ms = lec_reader_le64 (reader) / UNITS_PER_MS;
  lec_reader_skip (reader, 2 + 4 + 4);
  length = lec_reader_le32 (reader);
  marker.time_ms = time_ms > preroll_ms ? (gint64) (time_ms - preroll_ms) : 0;
  marker.name = length <= reader->left / 2 ? read_text (reader, length, MARKER_NAME) : NULL;
  if (marker.name == NULL)
    return FALSE;
  g_array_append_val (markers, marker);
  return TRUE;
}

/*  | reserved GUID | number of markers, 4 | reserved, 2 | length of a name, 2 | name | markers | */
GArray *
lec_asf_markers_read (const guint8 *header, gsize size)
{
  GArray *markers = g_array_new (FALSE, FALSE, sizeof (LecAsfMarker));
  LecReader reader = find_object (header, size, marker_object);
  const guint64 preroll_ms = read_preroll (header, size);
  guint32 n_markers;

  g_array_set_clear_func (markers, clear_marker);
  lec_reader_skip (&reader, GUID);
  n_markers = lec_reader_le32 (&reader);
  lec_reader_skip (&reader, 2);
  lec_reader_skip (&reader, lec_reader_le16 (&reader));
  for (guint32 i = 0; i < n_markers && markers->len < LEC_ASF_COMMANDS_MAX; i++) {
    if (!read_marker (&reader, preroll_ms, markers))
      break;
  }
  return markers;
}
