/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/address.h"

#include <string.h>

#include "channel/error.h"
#include "rows.h"

static const struct
{
  const char *text;
  const char *promise; /* NULL: refused, with ... */
  const char *refusal; /* ... a piece of the sentence */
} rows[] = {
  { "rtp://239.1.2.3:5004", "239.1.2.3:5004: rtp video 239.1.2.3:5004 rtcp 5005" },
  { "rtp://@239.1.2.3:5006", "239.1.2.3:5006: rtp video 239.1.2.3:5006 rtcp 5007" },
  { "rtp://239.1.2.3", "239.1.2.3:5004: rtp video 239.1.2.3:5004 rtcp 5005" },
  { "rtp://239.1.2.3:65535", "239.1.2.3:65535: rtp video 239.1.2.3:65535" },
  { "rtp://239.1.2.3:5004?rtcpport=6000", "239.1.2.3:5004: rtp video 239.1.2.3:5004 rtcp 6000" },
  { "udp://@239.1.2.3:1234", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "udp://239.1.2.3:1234", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "udp://@239.1.2.3", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "udp://239.1.2.3:1234/", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "udp:@239.1.2.3:1234", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "UDP://@239.1.2.3:1234", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "  udp://@239.1.2.3:1234\t\n", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "udp://10.0.0.1@232.1.1.1:1234", "232.1.1.1:1234: ts video 232.1.1.1:1234 <10.0.0.1" },
  { "udp://239.1.2.3:1234?sources=10.0.0.1,10.0.0.2&block=10.0.0.3&ttl=3&localaddr=10.0.0.9",
    "239.1.2.3:1234: ts video 239.1.2.3:1234/3 <10.0.0.1,10.0.0.2 !10.0.0.3 on 10.0.0.9" },
  { "udp://239.1.2.3:1234?ttl=256&ttl=-1", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "udp://239.1.2.3:1234?program=1102", "239.1.2.3:1234: ts program 1102 video 239.1.2.3:1234" },
  { "udp://239.1.2.3:1234#pnr=7&biss=1", "239.1.2.3:1234: ts program 7 video 239.1.2.3:1234" },
  { "udp://239.1.2.3:1234?ttl=3&pnr=7#x", "239.1.2.3:1234: ts program 7 video 239.1.2.3:1234/3" },
  { "rtp://239.1.2.3:5004?program=8",
    "239.1.2.3:5004: rtp program 8 video 239.1.2.3:5004 rtcp 5005" },
  { "udp://239.1.2.3:1234?program=65536#pnr=x", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "rtp://[ff15::1]:5004", "[ff15::1]:5004: rtp video [ff15::1]:5004 rtcp 5005" },
  { "udp://@[ff15::1]:1234", "[ff15::1]:1234: ts video [ff15::1]:1234" },
  { "udp://[ff15::1]", "[ff15::1]:1234: ts video [ff15::1]:1234" },
  { "udp://@[ff12::1%eth0]:1234", "[ff12::1]:1234: ts video [ff12::1]:1234 on eth0" },
  { "udp://fd00::1@[ff35::1]:1234", "[ff35::1]:1234: ts video [ff35::1]:1234 <fd00::1" },
  { "udp://@:1234", "0.0.0.0:1234: ts video 0.0.0.0:1234" },
  { "udp://127.0.0.1:1234", "127.0.0.1:1234: ts video 127.0.0.1:1234" },
  { "239.1.2.3:1234", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "@239.1.2.3:1234", "239.1.2.3:1234: ts video 239.1.2.3:1234" },
  { "[ff15::1]:1234", "[ff15::1]:1234: ts video [ff15::1]:1234" },

  { "udp://", .refusal = "is not a valid address" },
  { "udp://@", .refusal = "is not a valid address" },
  { "rtp:", .refusal = "is not a valid address" },
  { "udp://239.1.2.3:0", .refusal = "is not a valid address" },
  { "udp://239.1.2.3:65536", .refusal = "is not a valid address" },
  { "udp://239.1.2.3:4294968530", .refusal = "is not a valid address" },
  { "udp://239.1.2.3:12 34", .refusal = "is not a valid address" },
  { "udp://239.1.2.3:", .refusal = "is not a valid address" },
  { "udp://[ff15::1", .refusal = "is not a valid address" },
  { "udp://[]:1234", .refusal = "is not a valid address" },
  { "udp://hall3.example:1234", .refusal = "“hall3.example” is not a numeric address" },
  { "udp://239.1.2:1234", .refusal = "“239.1.2” is not a numeric address" },
  { "udp://239.1.2.300:1234", .refusal = "is not a numeric address" },
  { "udp://camera@239.1.2.3:1234", .refusal = "“camera” is not a numeric address" },
  { "udp://239.1.2.3:1234?sources=camera", .refusal = "“camera” is not a numeric address" },
  { "udp://fd00::1@239.1.2.3:1234", .refusal = "same family" },
  { "udp://239.1.2.4@239.1.2.3:1234", .refusal = "cannot be a source" },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LecAnnouncement) announcement = lec_address_parse (rows[i].text, &error);

    g_test_message ("%s", rows[i].text);
    g_assert_true (lec_address_is_address (rows[i].text));
    if (rows[i].promise != NULL) {
      g_autofree char *summary = NULL;

      g_assert_no_error (error);
      summary = lec_summary_new (announcement);
      g_assert_cmpstr (summary, ==, rows[i].promise);
      g_assert_cmpstr (announcement->format, ==, "address");
    } else {
      g_assert_null (announcement);
      g_assert_true (error->domain == LEC_ERROR);
      if (strstr (error->message, rows[i].refusal) == NULL)
        g_error ("expected “%s”, not “%s”", rows[i].refusal, error->message);
    }
  }
}

static void
test_is_address (void)
{
  static const char *const others[] = {
    "",
    "hall 3.sdp",
    "http://a.example/",
    "rtps://239.1.2.3:1",
    "udp8://[ff15::1]:1",
    "udp/ts:239.1.2.3:1",
    "239.1.2.3:1/hall.sdp",
    "10.0.0.1@239.1.2.3",
    "hall3.example@239.1.2.3:1",
    "10.0.0.1:1",
    "239.1.2.3",
    "239.1.2.3:1.sdp",
    "ff15::1:1234",
    "rtsp://a.example/",
    "abc:12",
    "./239.1.2.3:1",
    "@a",
    "[]:",
    "@",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_test_message ("%s", others[i]);
    g_assert_false (lec_address_is_address (others[i]));
  }
}

static void
test_options_are_said (void)
{
  g_autoptr (LecAnnouncement) announcement
      = lec_address_parse ("udp://239.1.2.3:1234?fifo_size=9&reuse&wait=9&key", NULL);

  /* not those that only tune another program */
  g_assert_cmpuint (announcement->warnings->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (announcement->warnings, 0), ==,
                   "the option “wait” of the address was ignored");
}

/* A failed alternative leaves nothing behind. */
static void
test_add (void)
{
  g_autoptr (LecAnnouncement) announcement = lec_announcement_new ("asx");
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();

  g_assert_false (
      lec_address_add ("udp://239.1.2.3?sources=x", info, announcement->warnings, NULL));
  g_assert_cmpuint (info->alternatives->len, ==, 0);
  g_assert_true (lec_address_add ("udp://239.1.2.3", info, announcement->warnings, NULL));
  g_assert_cmpuint (info->alternatives->len, ==, 1);
}

static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new ("udp://239.1.2.3:1234?");
  g_autoptr (GError) error = NULL;

  while (text->len < 10000)
    g_string_append (text, "sources=10.0.0.1&");
  g_assert_null (lec_address_parse (text->str, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_MALFORMED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/parse", test_parse);
  g_test_add_func ("/address/is address", test_is_address);
  g_test_add_func ("/address/options are said", test_options_are_said);
  g_test_add_func ("/address/add", test_add);
  g_test_add_func ("/address/too long", test_too_long);
  return g_test_run ();
}
