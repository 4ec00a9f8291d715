/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/asf-files.h"

#include <glib/gi18n-lib.h>

#include "cast/asf-edit.h"
#include "channel/error.h"
#include "wire/asf-header.h"
#include "wire/reader.h"

#define DATA_SIZE 16 /* [bytes] from the start of the Data Object to its size */
#define MAX_FILES 64
#define MAX_HEADER (1024 * 1024) /* [bytes] more is in no announcement either */

typedef struct
{
  GMappedFile *file;
  gsize start, end;  /* [bytes] of its packets; behind them there may be an index */
  guint packet_size; /* [bytes] */
} AsfFile;

typedef struct
{
  LecAsfProgramme parent;

  LecAsfFilesEnd at_end;
  GArray *files; /* of AsfFile */
  guint entry;
  guint current;
  gsize at; /* [bytes] in the current file */
} AsfFiles;

static void
file_clear (gpointer data)
{
  g_clear_pointer (&((AsfFile *) data)->file, g_mapped_file_unref);
}

/* To the start of the next file. FALSE after the last one. */
static gboolean
go_on (AsfFiles *self)
{
  self->entry++;
  self->current++;
  if (self->current == self->files->len) {
    if (self->at_end == LEC_ASF_FILES_ONCE)
      return FALSE;
    self->current = 0;
  }
  self->at = g_array_index (self->files, AsfFile, self->current).start;
  return TRUE;
}

static gboolean
next (LecAsfProgramme *programme, LecAsfUnit *unit, GError **error)
{
  AsfFiles *self = (AsfFiles *) programme;
  const AsfFile *file = &g_array_index (self->files, AsfFile, self->current);
  g_autoptr (GBytes) bytes = NULL;

  if (self->at + file->packet_size > file->end) {
    if (!go_on (self))
      return FALSE;
    file = &g_array_index (self->files, AsfFile, self->current);
  }
  bytes = g_mapped_file_get_bytes (file->file);
  unit->entry = self->entry;
  unit->format = self->current;
  unit->bytes = g_bytes_new_from_bytes (bytes, self->at, file->packet_size);
  self->at += file->packet_size;
  return TRUE;
}

static void
asf_files_free (LecAsfProgramme *programme)
{
  AsfFiles *self = (AsfFiles *) programme;

  g_ptr_array_unref (self->parent.headers);
  g_array_unref (self->files);
  g_free (self);
}

/* What the Data Object says of its size is 0 in what was broadcast, and may be too much where a
 * file was cut off. */
static gsize
find_end (const guint8 *bytes, gsize length, gsize header_size)
{
  LecReader data = lec_reader_init (bytes + header_size + DATA_SIZE, 8);
  guint64 size = lec_reader_le64 (&data);

  return size <= LEC_ASF_DATA_START || size > length - header_size ? length
                                                                   : header_size + (gsize) size;
}

static gboolean
read_file (AsfFile *file, const char *path, const guint8 *bytes, gsize length, GError **error)
{
  LecAsfHeader facts;

  if (!lec_asf_header_read (bytes, length, &facts) || facts.size > MAX_HEADER
      || facts.packet_size == 0
      || facts.size + LEC_ASF_DATA_START + (guint64) facts.packet_size > length) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("%s is not a Windows Media (ASF) file, and --write-nsc sends no other; for "
                    "other files use --write-sdp"),
                 path);
    return FALSE;
  }
  if (facts.is_encrypted) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("%s is protected by Windows Media rights management; nobody could play it"),
                 path);
    return FALSE;
  }
  file->packet_size = facts.packet_size;
  file->start = facts.size + LEC_ASF_DATA_START;
  file->end = find_end (bytes, length, facts.size);
  return TRUE;
}

static GBytes *
make_header (const AsfFile *file, GBytes *bytes)
{
  g_autoptr (GBytes) stored = g_bytes_new_from_bytes (bytes, 0, file->start);
  g_autoptr (GBytes) live = lec_asf_header_normalise (stored);
  const guint8 *first = (const guint8 *) g_bytes_get_data (bytes, NULL) + file->start;

  return lec_asf_edit_allow_correction (live, first, file->packet_size);
}

static gboolean
add_file (AsfFiles *self, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) bytes = NULL;
  AsfFile file = { .file = g_mapped_file_new (path, FALSE, &reason) };
  gboolean is_good;

  if (file.file == NULL) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, reason->message);
    return FALSE;
  }
  bytes = g_mapped_file_get_bytes (file.file);
  is_good
      = read_file (&file, path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
  g_array_append_val (self->files, file);
  if (is_good)
    g_ptr_array_add (self->parent.headers, make_header (&file, bytes));
  return is_good;
}

LecAsfProgramme *
lec_asf_files_new (char *const *paths, LecAsfFilesEnd at_end, GError **error)
{
  AsfFiles *self = g_new0 (AsfFiles, 1);
  g_autoptr (LecAsfProgramme) programme = &self->parent;

  programme->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  programme->next = next;
  programme->free = asf_files_free;
  self->at_end = at_end;
  self->files = g_array_new (FALSE, TRUE, sizeof (AsfFile));
  g_array_set_clear_func (self->files, file_clear);
  if (g_strv_length ((GStrv) paths) > MAX_FILES) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, _ ("One station sends at most %d files"),
                 MAX_FILES);
    return NULL;
  }
  for (guint i = 0; paths[i] != NULL; i++)
    if (!add_file (self, paths[i], error))
      return NULL;
  self->at = g_array_index (self->files, AsfFile, 0).start;
  return g_steal_pointer (&programme);
}
