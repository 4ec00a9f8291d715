/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ASF, as a station announces and sends it.
 *
 * The first byte: 0 to 127 a header follows, to its end; otherwise packets of a stream: two bytes
 * of packet size, one of preroll [100 ms], and then for each packet two of its length, and its
 * bytes. A packet that is read is made whole, and must then be the same, read again, but for its
 * times. */
#include "wire/asf-rewriter.h"

#include <string.h>

#include "wire/reader.h"

#define PACKETS_MAX 200

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_header (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) normal = lec_asf_header_normalise (bytes);
  g_autoptr (GBytes) again = lec_asf_header_normalise (normal);
  g_autoptr (GBytes) rest = NULL;
  gboolean streams[LEC_ASF_STREAMS];
  LecAsfHeader header, after;

  for (guint i = 0; i < LEC_ASF_STREAMS; i++)
    streams[i] = i % 2 == 0;
  rest = lec_asf_header_leave_out (normal, streams);
  g_assert_cmpuint (g_bytes_get_size (normal), ==, size);
  g_assert_cmpuint (g_bytes_get_size (rest), ==, size);
  g_assert_true (g_bytes_equal (normal, again));
  lec_asf_header_find_spare (data, size, streams);
  g_assert_false (streams[0]);
  if (!lec_asf_header_read (data, size, &header))
    return;
  g_assert_cmpuint (header.size, <=, size);
  g_assert_true (lec_asf_header_read (g_bytes_get_data (rest, NULL), size, &after));
  for (guint i = 0; i < LEC_ASF_STREAMS; i += 2)
    g_assert_cmpint (after.kinds[i], ==, LEC_ASF_NONE);
}

static void
check_same (LecAsfPacket *before, LecAsfPacket *after)
{
  LecAsfPayload one, other;

  while (lec_asf_packet_next (before, &one)) {
    g_assert_true (lec_asf_packet_next (after, &other));
    g_assert_cmpuint (one.stream, ==, other.stream);
    g_assert_cmpmem (one.data, one.size, other.data, other.size);
  }
  g_assert_false (lec_asf_packet_next (after, &other));
}

static void
check_packet (LecAsfRewriter *rewriter, const guint8 *bytes, gsize size)
{
  const gsize capacity = MAX (size, rewriter->packet_size);
  g_autofree guint8 *memory = g_malloc (LEC_ASF_ROOM + capacity);
  LecAsfPacket before, after;
  guint8 *whole;
  gboolean is_read;

  memcpy (memory + LEC_ASF_ROOM, bytes, size);
  is_read = lec_asf_packet_read (bytes, size, &before);
  if (lec_asf_rewriter_nears_wrap (rewriter))
    lec_asf_rewriter_begin (rewriter);
  whole = lec_asf_rewriter_write (rewriter, memory + LEC_ASF_ROOM, size, capacity);
  if (is_read)
    g_assert_cmpuint (before.end, <=, size);
  if (whole == NULL)
    return;
  g_assert_true (is_read && !before.is_parity);
  g_assert_true (lec_asf_packet_read (whole, rewriter->packet_size, &after));
  check_same (&before, &after);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  LecReader reader = lec_reader_init (data, size);
  LecAsfHeader header = { 0 };
  LecAsfRewriter rewriter;

  if (lec_reader_u8 (&reader) < 0x80) {
    check_header (reader.at, reader.left);
    return 0;
  }
  header.packet_size = lec_reader_le16 (&reader);
  header.preroll_ms = lec_reader_u8 (&reader) * 100;
  lec_asf_rewriter_init (&rewriter, &header);
  for (guint i = 0; i < PACKETS_MAX && reader.left > 0 && !reader.failed; i++) {
    const gsize said = lec_reader_le16 (&reader), length = MIN (said, reader.left);

    if (!reader.failed)
      check_packet (&rewriter, lec_reader_bytes (&reader, length), length);
  }
  return 0;
}
