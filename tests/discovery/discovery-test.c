/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/discovery.h"

#include "announce/sap.h"
#include "channel/error.h"
#include "net/sender.h"
#include "no-threads.h"

#define GROUP "239.255.255.255"
#define PATIENCE_S 10

typedef struct
{
  GSocket *socket;
  GSocketAddress *to;
} Announcer;

static void
announcer_init (Announcer *self, const char *group)
{
  g_autoptr (GError) error = NULL;

  self->socket = lec_sender_open (group, "lo", 1, &error);
  g_assert_no_error (error);
  self->to = g_inet_socket_address_new_from_string (group, LEC_SAP_PORT);
}

static void
announcer_clear (Announcer *self)
{
  g_object_unref (self->socket);
  g_object_unref (self->to);
}

static void
announce (Announcer *self, LecSapKind kind, guint number, guint version, const char *title)
{
  g_autofree char *sdp
      = g_strdup_printf ("v=0\r\no=- %u %u IN IP4 192.0.2.1\r\ns=%s\r\nc=IN IP4 239.1.%u.%u/1\r\n"
                         "t=0 0\r\nm=video 5004 RTP/AVP 33\r\n",
                         number, version, title, number / 250, number % 250 + 1);
  g_autoptr (GBytes) packet = lec_sap_print (kind, "127.0.0.1", sdp);
  gsize length;
  const char *bytes = g_bytes_get_data (packet, &length);
  g_autoptr (GError) error = NULL;

  g_socket_send_to (self->socket, self->to, bytes, length, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
late_cb (gpointer data)
{
  g_error ("nothing came");
  return G_SOURCE_REMOVE;
}

static void
await_items (LecChannelList *list, guint count)
{
  guint late = g_timeout_add_seconds (PATIENCE_S, late_cb, NULL);

  while (g_list_model_get_n_items (G_LIST_MODEL (list)) != count)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
await_title (LecChannelItem *item, const char *title)
{
  guint late = g_timeout_add_seconds (PATIENCE_S, late_cb, NULL);

  while (!g_str_equal (lec_channel_item_get_title (item), title))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
await_state (LecChannelItem *item, LecChannelState state)
{
  guint late = g_timeout_add_seconds (PATIENCE_S, late_cb, NULL);

  while (lec_channel_item_get_state (item) != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
test_life (void)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LecDiscovery) discovery = lec_discovery_new (list, "lo", &error);
  g_autoptr (LecChannelItem) item = NULL;
  Announcer announcer;

  g_assert_no_error (error);
  g_assert_cmpstr (lec_discovery_get_interfaces (discovery), ==, "lo");
  announcer_init (&announcer, GROUP);

  announce (&announcer, LEC_SAP_ANNOUNCE, 1, 1, "Hall");
  await_items (list, 1);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (lec_channel_item_get_title (item), ==, "Hall");
  g_assert_cmpstr (lec_channel_item_get_announcer (item), ==, "127.0.0.1");
  g_assert_cmpint (lec_channel_item_get_state (item), ==, LEC_CHANNEL_STATE_NOW);
  g_assert_cmpint (lec_channel_item_get_origins (item), ==, LEC_CHANNEL_ORIGIN_SAP);
  g_assert_cmpuint (lec_discovery_count (discovery, GROUP), ==, 1);
  g_assert_cmpuint (lec_discovery_count (discovery, "224.2.127.254"), ==, 0);

  announce (&announcer, LEC_SAP_ANNOUNCE, 1, 2, "Great hall");
  await_title (item, "Great hall");
  announce (&announcer, LEC_SAP_DELETE, 1, 2, "Great hall");
  await_state (item, LEC_CHANNEL_STATE_ENDED);
  g_assert_true (lec_channel_item_is_withdrawn (item));
  announcer_clear (&announcer);
}

static void
await_count (LecDiscovery *discovery, guint count)
{
  guint late = g_timeout_add_seconds (PATIENCE_S, late_cb, NULL);

  while (lec_discovery_count (discovery, GROUP) != count)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

/* Without a list: a station needs to know how many others there are. */
static void
test_count (void)
{
  g_autoptr (LecDiscovery) discovery = lec_discovery_new (NULL, "lo", NULL);
  Announcer announcer;

  announcer_init (&announcer, GROUP);
  announce (&announcer, LEC_SAP_ANNOUNCE, 1, 1, "Hall");
  announce (&announcer, LEC_SAP_ANNOUNCE, 2, 1, "Lab");
  await_count (discovery, 2);
  announce (&announcer, LEC_SAP_DELETE, 2, 1, "Lab");
  await_count (discovery, 1);
  announcer_clear (&announcer);
}

/* What was not understood is noted although no channel changes. */
static void
test_notes (void)
{
  g_autoptr (LecDiscovery) discovery = lec_discovery_new (NULL, "lo", NULL);
  Announcer announcer;
  guint late = g_timeout_add_seconds (PATIENCE_S, late_cb, NULL);

  announcer_init (&announcer, GROUP);
  g_socket_send_to (announcer.socket, announcer.to, "junk", 4, NULL, NULL);
  while (lec_discovery_get_notes (discovery)[0] == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (g_strstr_len (lec_discovery_get_notes (discovery)[0], -1, "127.0.0.1"));
  g_source_remove (late);
  announcer_clear (&announcer);
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, guint *most)
{
  *most = MAX (*most, added);
}

/* The list grows by pieces, between which the window may draw. */
static void
test_many (void)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  g_autoptr (LecDiscovery) discovery = lec_discovery_new (list, "lo", NULL);
  Announcer announcer;
  guint most = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &most);
  announcer_init (&announcer, GROUP);
  for (guint round = 0; round < 3; round++) { /* as announcements are, in case one is lost */
    for (guint i = 0; i < 1000; i++)
      announce (&announcer, LEC_SAP_ANNOUNCE, i, 1, "Hall");
  }
  await_items (list, 1000);
  g_assert_cmpuint (most, <=, 256);
  announcer_clear (&announcer);
}

/* The end may come while announcements do. */
static void
test_end (void)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  Announcer announcer;

  announcer_init (&announcer, "224.2.127.254");
  for (guint i = 0; i < 20; i++) {
    LecDiscovery *discovery = lec_discovery_new (list, "lo", NULL);

    for (guint j = 0; j < 20; j++)
      announce (&announcer, LEC_SAP_ANNOUNCE, i * 20 + j, 1, "Hall");
    if (i % 2 == 0)
      g_main_context_iteration (NULL, FALSE);
    lec_discovery_free (discovery);
  }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  announcer_clear (&announcer);
}

static void
test_no_interface (void)
{
  g_autoptr (LecChannelList) list = lec_channel_list_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_discovery_new (list, "eth77", &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
}

static void
test_no_thread (void)
{
  g_autoptr (GError) error = NULL;

  no_threads_begin ();
  g_assert_null (lec_discovery_new (NULL, "lo", &error));
  no_threads_end ();
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discovery/life", test_life);
  g_test_add_func ("/discovery/count", test_count);
  g_test_add_func ("/discovery/notes", test_notes);
  g_test_add_func ("/discovery/many", test_many);
  g_test_add_func ("/discovery/end", test_end);
  g_test_add_func ("/discovery/no-interface", test_no_interface);
  g_test_add_func ("/discovery/no-thread", test_no_thread);
  return g_test_run ();
}
