/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/msb-packer.h"

#include <string.h>

#include "cast/asf-edit.h"
#include "wire/asf-packet.h"

#define SIZE 64 /* [bytes] of each packet as it is stored */
#define SPAN 4

typedef enum {
  WITH_CORRECTION,
  WITHOUT_CORRECTION,
} Correction;

/* One payload of @length bytes, in a packet that says how long it and its padding are. */
static gsize
make_packet (guint8 *packet, Correction correction, guint8 length, guint8 fill)
{
  const guint8 in_front[] = { 0x82, 0, 0 };
  const guint8 front[] = {
    0x50, 0x5d, SIZE, 0, 0, 0, /* padding, in two bytes */
    10,   0,    0,    0, 0, 0, /* send time 10 ms */
    0x81, fill, 0,    0, 0, 0, 8, length, 0, 0, 0, 0x10, 0x27, 0, 0,
  };
  gsize size = 0;

  memset (packet, 0, SIZE);
  if (correction == WITH_CORRECTION) {
    memcpy (packet, in_front, sizeof in_front);
    size += sizeof in_front;
  }
  memcpy (packet + size, front, sizeof front);
  packet[size + 4] = (guint8) (SIZE - size - sizeof front - length);
  memset (packet + size + sizeof front, fill, length);
  return size + sizeof front;
}

static guint
read_le (const guint8 *at, guint width)
{
  guint value = 0;

  for (guint i = 0; i < width; i++)
    value |= (guint) at[i] << 8 * i;
  return value;
}

/* What a receiver reads of it is what was put in, without the padding. */
static void
test_stripped (gconstpointer data)
{
  const Correction correction = GPOINTER_TO_INT (data);
  static LecMsbPacker packer;
  static guint8 datagram[LEC_MSB_MAX_SIZE];
  guint8 packet[SIZE];
  LecAsfPacket read;
  LecAsfPayload payload;
  gsize front = make_packet (packet, correction, 20, 0xab), size;

  lec_msb_packer_init (&packer, 0);
  lec_msb_packer_begin (&packer, 586);
  size = lec_msb_packer_put (&packer, packet, SIZE, datagram);
  g_assert_cmpuint (size, ==, LEC_MSB_HEADER + front + 20);
  g_assert_cmpuint (read_le (datagram, 4), ==, 0);
  g_assert_cmpuint (read_le (datagram + 4, 2) & 0x7ff, ==, 586);
  g_assert_cmpuint (read_le (datagram + 6, 2), ==, size);
  g_assert_true (lec_asf_packet_read (datagram + LEC_MSB_HEADER, size - LEC_MSB_HEADER, &read));
  g_assert_cmpuint (read.end, ==, size - LEC_MSB_HEADER);
  g_assert_cmpuint (read.send_time, ==, 10);
  g_assert_true (lec_asf_packet_next (&read, &payload));
  g_assert_cmpuint (payload.size, ==, 20);
  g_assert_cmpuint (payload.presentation, ==, 10000);
  g_assert_cmpmem (payload.data, payload.size, packet + front, 20);
  g_assert_cmpuint (lec_msb_packer_get_parity (&packer, datagram), ==, 0);
}

/* Any one of a span is the exclusive or of the others and the parity, behind the correction data.
 */
static void
test_parity (gconstpointer data)
{
  static LecMsbPacker packer;
  static guint8 sent[SPAN][LEC_MSB_MAX_SIZE], parity[LEC_MSB_MAX_SIZE];
  gsize sizes[SPAN], size;

  lec_msb_packer_init (&packer, SPAN);
  lec_msb_packer_begin (&packer, 1);
  for (guint round = 0; round < 2; round++) {
    for (guint i = 0; i < SPAN; i++) {
      guint8 packet[SIZE];

      make_packet (packet, GPOINTER_TO_INT (data), (guint8) (5 + 7 * i), (guint8) (0x11 * i + 3));
      g_assert_cmpuint (lec_msb_packer_get_parity (&packer, parity), ==, 0);
      sizes[i] = lec_msb_packer_put (&packer, packet, SIZE, sent[i]);
      g_assert_cmpuint (sizes[i], >, LEC_MSB_HEADER);
      g_assert_cmphex (sent[i][LEC_MSB_HEADER], ==, 0x82);
      g_assert_cmphex (sent[i][LEC_MSB_HEADER + 1], ==, (i + 1) << 4 | 1);
      g_assert_cmpuint (sent[i][LEC_MSB_HEADER + 2], ==, round);
    }
    size = lec_msb_packer_get_parity (&packer, parity);
    g_assert_cmpuint (size, ==, sizes[SPAN - 1]);
    g_assert_cmpuint (read_le (parity, 4), ==, read_le (sent[SPAN - 1], 4));
    g_assert_cmphex (parity[LEC_MSB_HEADER], ==, 0x92);
    g_assert_cmphex (parity[LEC_MSB_HEADER + 1], ==, (SPAN + 1) << 4 | 2);
    for (guint i = 0; i < SPAN; i++)
      for (gsize at = LEC_MSB_HEADER + LEC_ASF_CORRECTION; at < sizes[i]; at++)
        parity[at] ^= sent[i][at];
    for (gsize at = LEC_MSB_HEADER + LEC_ASF_CORRECTION; at < size; at++)
      g_assert_cmphex (parity[at], ==, 0);
    g_assert_cmpuint (lec_msb_packer_get_parity (&packer, parity), ==, 0);
  }
}

/* What begins anew is told apart by the upper bit, and shares no span with what was before. */
static void
test_begin (void)
{
  static LecMsbPacker packer;
  static guint8 datagram[LEC_MSB_MAX_SIZE];
  guint8 packet[SIZE];
  guint before;

  make_packet (packet, WITH_CORRECTION, 9, 1);
  lec_msb_packer_init (&packer, 2);
  lec_msb_packer_begin (&packer, 3);
  lec_msb_packer_put (&packer, packet, SIZE, datagram);
  before = read_le (datagram + 4, 2);
  lec_msb_packer_begin (&packer, 3);
  lec_msb_packer_put (&packer, packet, SIZE, datagram);
  g_assert_cmpuint (read_le (datagram + 4, 2), ==, before ^ 0x8000);
  g_assert_cmpuint (read_le (datagram, 4), ==, 1);
  g_assert_cmpuint (lec_msb_packer_get_parity (&packer, datagram), ==, 0);
  lec_msb_packer_put (&packer, packet, SIZE, datagram);
  g_assert_cmpuint (lec_msb_packer_get_parity (&packer, datagram), >, 0);
}

/* Each prefix of a packet, and something else, gives nothing. */
static void
test_refused (void)
{
  static LecMsbPacker packer;
  static guint8 datagram[LEC_MSB_MAX_SIZE], large[LEC_MSB_MAX_SIZE + 1];
  guint8 packet[SIZE];

  lec_msb_packer_init (&packer, SPAN);
  lec_msb_packer_begin (&packer, 1);
  make_packet (packet, WITH_CORRECTION, 9, 1);
  packet[0] = 0x92;
  g_assert_cmpuint (lec_msb_packer_put (&packer, packet, SIZE, datagram), ==, 0);
  for (gsize size = 0; size < 12; size++) {
    make_packet (packet, WITH_CORRECTION, 9, 1);
    g_assert_cmpuint (lec_msb_packer_put (&packer, packet, size, datagram), ==, 0);
  }
  large[0] = 0x82;
  large[4] = 0x5d;
  g_assert_cmpuint (lec_msb_packer_put (&packer, large, sizeof large, datagram), ==, 0);
}

/* A command is read as one, at its time, with both texts. */
static void
test_command (void)
{
  static const guint8 expected[] = { 'U', 0, 'R', 0, 'L', 0, 0, 0, 'a', 0, 0, 0 };
  g_autofree char *long_text = g_strnfill (124, 'x');
  g_autoptr (GBytes) packet = lec_asf_edit_make_command (3, 7, 100, 1100, "URL", "a");
  g_autoptr (GBytes) longest = NULL;
  LecAsfPacket read;
  LecAsfPayload payload;

  g_assert_true (
      lec_asf_packet_read (g_bytes_get_data (packet, NULL), g_bytes_get_size (packet), &read));
  g_assert_cmpuint (read.send_time, ==, 100);
  g_assert_true (lec_asf_packet_next (&read, &payload));
  g_assert_cmpuint (payload.stream, ==, 3);
  g_assert_cmpuint (payload.presentation, ==, 1100);
  g_assert_cmpmem (payload.data, payload.size, expected, sizeof expected);
  g_assert_false (lec_asf_packet_next (&read, &payload));

  /* with both ends 127 units, which is as much as one byte counts */
  long_text[122] = '\0';
  longest = lec_asf_edit_make_command (3, 7, 100, 1100, "URL", long_text);
  g_assert_nonnull (longest);
  long_text[122] = 'x';
  g_assert_null (lec_asf_edit_make_command (3, 7, 100, 1100, "URL", long_text));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/msb-packer/stripped/with-correction", GINT_TO_POINTER (WITH_CORRECTION),
                        test_stripped);
  g_test_add_data_func ("/msb-packer/stripped/without", GINT_TO_POINTER (WITHOUT_CORRECTION),
                        test_stripped);
  g_test_add_data_func ("/msb-packer/parity/with-correction", GINT_TO_POINTER (WITH_CORRECTION),
                        test_parity);
  g_test_add_data_func ("/msb-packer/parity/without", GINT_TO_POINTER (WITHOUT_CORRECTION),
                        test_parity);
  g_test_add_func ("/msb-packer/begin", test_begin);
  g_test_add_func ("/msb-packer/refused", test_refused);
  g_test_add_func ("/msb-packer/command", test_command);
  return g_test_run ();
}
