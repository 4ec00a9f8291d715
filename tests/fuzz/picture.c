/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Coded pictures of every codec. The first byte chooses the codec and how units are framed, the
 * second how much of the rest came in front of the stream. */
#include "wire/picture-reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The spans of the units lie in the piece, one behind the other. */
static void
check_units (const guint8 *data, gsize size, guint length_size)
{
  LecNalCursor cursor = lec_nal_cursor_init (data, size, length_size);
  gsize end = 0;
  LecNal nal;

  while (lec_nal_cursor_next (&cursor, &nal)) {
    g_assert_cmpuint (nal.length, >, 0);
    g_assert_cmpuint (nal.span, >=, end);
    end = nal.span + nal.span_length;
    g_assert_cmpuint (end, <=, size);
    g_assert_true (nal.bytes >= data + nal.span);
    g_assert_true (nal.bytes + nal.length <= data + end);
  }
}

static void
check_picture (const LecPictureReader *reader, const LecPicture *picture)
{
  if (picture->entry != LEC_ENTRY_NONE)
    g_assert_true (picture->has_slices);
  if (picture->entry == LEC_ENTRY_REFRESH)
    g_assert_true (picture->is_recovery_point);
  if (picture->order_modulus != 0)
    g_assert_cmpuint (picture->order, <, picture->order_modulus);
  g_assert_cmpint (ABS (picture->recovery_count), <=, 65535);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static LecPictureReader reader;
  LecPicture first, again;
  gsize n_front;

  if (size < 2)
    return 0;
  lec_picture_reader_init (&reader, (LecPictureCodec) (data[0] % (LEC_PICTURE_VP9 + 1)));
  reader.length_size = data[0] / 64 == 3 ? 4 : data[0] / 64;
  n_front = MIN (data[1], size - 2);
  data += 2;
  size -= 2;
  check_units (data, size, reader.length_size);
  if (n_front > 0)
    lec_picture_reader_configure (&reader, data, n_front);
  first = lec_picture_reader_read (&reader, data + n_front, size - n_front);
  check_picture (&reader, &first);
  again = lec_picture_reader_read (&reader, data + n_front, size - n_front);
  check_picture (&reader, &again);
  g_assert_cmpint (first.has_slices, ==, again.has_slices);
  g_assert_cmpint (first.is_key, ==, again.is_key);
  return 0;
}
