/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which ports are listened on for repair, without a socket: what is opened is only noted. */
#include "receive/repair-ports.h"

#include "ingress-double.h"

#define GROUP "239.9.9.1"

typedef struct
{
  LecEndpoints endpoints;
  LecChannelInfo *info;
  LecAlternative *alternative;
  GString *opened;
} Hall;

static LecIngress *
open_nothing (const LecLeg *leg, guint16 port, const char *interface, gpointer data, GError **error)
{
  GString *opened = data;
  IngressDouble *ingress = ingress_double_new (0, opened);

  g_string_append_printf (opened, "%s%s:%u", opened->len > 0 ? " " : "", leg->group, port);
  ingress->parent.is_member = TRUE;
  return &ingress->parent;
}

static void
setup (Hall *hall, gconstpointer data)
{
  hall->info = lec_channel_info_new ();
  hall->alternative = lec_channel_info_add_alternative (hall->info, LEC_KIND_RTP);
  hall->opened = g_string_new (NULL);
  hall->endpoints.opener = (LecIngressOpener){ open_nothing, hall->opened };
}

static void
teardown (Hall *hall, gconstpointer data)
{
  lec_endpoints_clear (&hall->endpoints);
  lec_channel_info_free (hall->info);
  g_string_free (hall->opened, TRUE);
}

static LecStream *
add_stream (Hall *hall, LecMedia media, guint16 port)
{
  LecStream *stream = lec_alternative_add_stream (hall->alternative, media);

  lec_stream_add_leg (stream, GROUP, port);
  g_assert_true (lec_endpoints_add (&hall->endpoints, g_ptr_array_index (stream->legs, 0),
                                    hall->alternative->streams->len - 1, 0, 0, NULL, NULL));
  return stream;
}

static void
check (Hall *hall, const char *opened)
{
  g_string_truncate (hall->opened, 0);
  for (guint i = 0; i < hall->alternative->streams->len; i++)
    lec_repair_ports_open (&hall->endpoints, hall->alternative, i, NULL);
  g_assert_cmpstr (hall->opened->str, ==, opened);
}

static void
test_announced (Hall *hall, gconstpointer data)
{
  LecStream *stream = add_stream (hall, LEC_MEDIA_VIDEO, 5004);

  lec_stream_add_payload (stream, 33, "MP2T", 90000);
  lec_stream_add_repair (stream, LEC_REPAIR_2022_1, GROUP, 6000);
  lec_stream_add_repair (stream, LEC_REPAIR_2022_1, "239.9.9.2", 6000);
  lec_stream_add_repair (stream, LEC_REPAIR_ULPFEC, GROUP, 5004); /* among the media */
  lec_stream_add_repair (stream, LEC_REPAIR_RTX, GROUP, 6004);    /* nobody asks for it */
  check (hall, GROUP ":6000 239.9.9.2:6000");
  g_assert_cmpint (hall->endpoints.items[1].role, ==, LEC_ENDPOINT_REPAIR);
  g_assert_cmpint (hall->endpoints.items[1].scheme, ==, LEC_REPAIR_2022_1);
  g_assert_cmpuint (hall->endpoints.items[1].membership, ==, hall->endpoints.items[0].membership);
  g_assert_cmpuint (hall->endpoints.items[2].membership, !=, hall->endpoints.items[0].membership);
}

static void
test_many (Hall *hall, gconstpointer data)
{
  LecStream *stream = add_stream (hall, LEC_MEDIA_VIDEO, 5004);

  for (guint i = 0; i < 3 * LEC_MAX_REPAIR_PORTS; i++)
    lec_stream_add_repair (stream, LEC_REPAIR_2022_1, GROUP, (guint16) (6000 + i));
  for (guint i = 0; i < hall->alternative->streams->len; i++)
    lec_repair_ports_open (&hall->endpoints, hall->alternative, i, NULL);
  g_assert_cmpuint (hall->endpoints.count, ==, 1 + LEC_MAX_REPAIR_PORTS);
}

/* By convention: of one transport stream, or what may be one, that announces nothing. */
static void
test_transport_stream (Hall *hall, gconstpointer data)
{
  lec_stream_add_payload (add_stream (hall, LEC_MEDIA_VIDEO, 5004), 33, "MP2T", 90000);
  check (hall, GROUP ":5006 " GROUP ":5008");
}

static void
test_bare_address (Hall *hall, gconstpointer data)
{
  add_stream (hall, LEC_MEDIA_VIDEO, 65532);
  check (hall, GROUP ":65534");
}

/* What is sent to this host alone comes on one port. */
static void
test_unicast (Hall *hall, gconstpointer data)
{
  LecStream *stream = add_stream (hall, LEC_MEDIA_VIDEO, 5004);
  LecLeg *leg = g_ptr_array_index (stream->legs, 0);

  g_free (leg->group);
  leg->group = g_strdup ("192.0.2.1");
  check (hall, "");
}

static void
test_other_media (Hall *hall, gconstpointer data)
{
  lec_stream_add_payload (add_stream (hall, LEC_MEDIA_AUDIO, 5004), 0, "PCMU", 8000);
  check (hall, "");
}

static void
test_two_streams (Hall *hall, gconstpointer data)
{
  lec_stream_add_payload (add_stream (hall, LEC_MEDIA_VIDEO, 5004), 33, "MP2T", 90000);
  lec_stream_add_payload (add_stream (hall, LEC_MEDIA_AUDIO, 5006), 0, "PCMU", 8000);
  check (hall, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add ("/repair-ports/" #name, Hall, NULL, setup, test_##name, teardown)
  ADD (announced);
  ADD (many);
  ADD (transport_stream);
  ADD (bare_address);
  ADD (unicast);
  ADD (other_media);
  ADD (two_streams);
#undef ADD
  return g_test_run ();
}
