/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A capture file from a stranger. */
#include "net/pcap.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  LecPcapDatagram datagram;
  gsize count = 0;
  LecPcap pcap;

  if (!lec_pcap_init (&pcap, data, size, &error)) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_no_error (error);
  for (; lec_pcap_next (&pcap, &datagram); count++) {
    g_assert_true (datagram.bytes >= data && datagram.bytes + datagram.size <= data + size);
    g_assert_cmpint (datagram.real_ns, >=, 0);
    g_assert_cmpint (datagram.from.ss_family, ==, datagram.to.ss_family);
  }
  g_assert_cmpuint (count, <=, size / 16);
  return 0;
}
