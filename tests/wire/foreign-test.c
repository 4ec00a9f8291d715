/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/foreign.h"

#include <string.h>

#define SIZE 1316

typedef struct
{
  const char *name;
  LecForeign foreign;
  guint at; /* where the bytes are in the datagram */
  guint8 bytes[12];
  guint length;
  guint again; /* [bytes] later they come once more; 0: not */
} Row;

static const Row rows[] = {
  { "nothing known", LEC_FOREIGN_UNKNOWN, 0, { 0 }, 0 },
  { "pack header of MPEG-2", LEC_FOREIGN_PROGRAM_STREAM, 0, { 0, 0, 1, 0xba, 0x44, 0 }, 6 },
  { "pack header of MPEG-1", LEC_FOREIGN_PROGRAM_STREAM, 900, { 0, 0, 1, 0xba, 0x21, 0 }, 6 },
  { "sequence header", LEC_FOREIGN_MPEG_VIDEO, 7, { 0, 0, 1, 0xb3, 0x16, 0x01 }, 6 },
  { "H.264 SPS", LEC_FOREIGN_H264, 4, { 0, 0, 0, 1, 0x67, 0x42, 0xc0, 0x1e }, 8 },
  { "a slice of H.264 alone", LEC_FOREIGN_UNKNOWN, 4, { 0, 0, 0, 1, 0x41, 0x9a, 0xc0, 0x1e }, 8 },
  { "H.265 VPS", LEC_FOREIGN_H265, 4, { 0, 0, 0, 1, 0x40, 0x01, 0x0c, 0x01 }, 8 },
  { "ADTS", LEC_FOREIGN_ADTS, 100, { 0xff, 0xf1, 0x50, 0x80, 0x20, 0x1f, 0xfc }, 7, 256 },
  { "ADTS, one header", LEC_FOREIGN_UNKNOWN, 100, { 0xff, 0xf1, 0x50, 0x80, 0x20, 0x1f, 0xfc }, 7 },
  { "ADTS, a header where none is due",
    LEC_FOREIGN_UNKNOWN,
    100,
    { 0xff, 0xf1, 0x50, 0x80, 0x20, 0x1f, 0xfc },
    7,
    255 },
  { "ADTS, a frame that fills the datagram",
    LEC_FOREIGN_ADTS,
    0,
    { 0xff, 0xf1, 0x50, 0x80, 0xa4, 0x9f, 0xfc },
    7 },
  { "layer III", LEC_FOREIGN_MPEG_AUDIO, 0, { 0xff, 0xfb, 0x94, 0x40, 0, 0, 0 }, 7, 384 },
  { "layer II", LEC_FOREIGN_MPEG_AUDIO, 9, { 0xff, 0xfd, 0x84, 0x40, 0, 0, 0 }, 7, 384 },
  { "Ogg", LEC_FOREIGN_OGG, 0, { 'O', 'g', 'g', 'S' }, 4 },
  { "Ogg, not at the beginning", LEC_FOREIGN_UNKNOWN, 1, { 'O', 'g', 'g', 'S' }, 4 },
  { "Matroska", LEC_FOREIGN_MATROSKA, 0, { 0x1a, 0x45, 0xdf, 0xa3 }, 4 },
  { "FLV", LEC_FOREIGN_FLV, 0, { 'F', 'L', 'V', 1 }, 4 },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  guint8 bytes[SIZE];

  memset (bytes, 0x55, sizeof bytes);
  memcpy (bytes + row->at, row->bytes, row->length);
  if (row->again > 0)
    memcpy (bytes + row->at + row->again, row->bytes, row->length);
  g_assert_cmpint (lec_foreign_recognise (LEC_FOREIGN_UNKNOWN, bytes, sizeof bytes), ==,
                   row->foreign);
  /* every beginning of it, of exactly that many bytes */
  for (gsize size = 0; size < sizeof bytes; size++) {
    g_autofree guint8 *prefix = g_memdup2 (bytes, size);
    const LecForeign found = lec_foreign_recognise (LEC_FOREIGN_UNKNOWN, prefix, size);

    g_assert_true (found == row->foreign || found == LEC_FOREIGN_UNKNOWN);
  }
}

/* The middle of a program stream looks like the sound that it carries. */
static void
test_carrier (void)
{
  static const guint8 nothing[SIZE], pack[] = { 0, 0, 1, 0xba, 0x44, 0, 4, 0 };

  g_assert_cmpint (lec_foreign_recognise (LEC_FOREIGN_MPEG_AUDIO, pack, sizeof pack), ==,
                   LEC_FOREIGN_PROGRAM_STREAM);
  g_assert_cmpint (lec_foreign_recognise (LEC_FOREIGN_MPEG_AUDIO, nothing, sizeof nothing), ==,
                   LEC_FOREIGN_MPEG_AUDIO);
  g_assert_cmpint (lec_foreign_recognise (LEC_FOREIGN_PROGRAM_STREAM, nothing, sizeof nothing), ==,
                   LEC_FOREIGN_PROGRAM_STREAM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/foreign/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/foreign/carrier", test_carrier);
  return g_test_run ();
}
