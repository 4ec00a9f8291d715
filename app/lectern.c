/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern: the player with a window. */
#include <gst/gst.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "discovery/discovery.h"
#include "element/plugin.h"
#ifdef LEC_WITH_DNS_SD
#include "discovery/dns-sd.h"
#endif
#include "ending.h"
#include "language.h"
#include "ui/application.h"
#include "ui/renderer.h"

#define TICK_S 20
#define PICTURE_MAX (32 * 1024 * 1024) /* [bytes] and the most that malloc() takes */
#define ARENAS 2
#define TRIM_S 30

typedef struct
{
  LecChannelList *list;
  LecDiscovery *discovery; /* (nullable): it could not be started */
#ifdef LEC_WITH_DNS_SD
  LecDnsSd *services; /* (nullable): no Avahi here */
#endif
  guint tick; /* source that sets the time of the list where discovery does not */
} Lectern;

static gboolean
tick_cb (gpointer list)
{
  lec_channel_list_set_time (list, g_get_real_time () / G_USEC_PER_SEC);
  return G_SOURCE_CONTINUE;
}

/* What nobody has taken again by then goes back after all: what starting took, or another channel.
 */
static gboolean
trim_cb (gpointer data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  return G_SOURCE_CONTINUE;
}

/* These two run in the first instance only: the help and a second start need no GStreamer and no
 * discovery. */
static void
prepare_cb (void)
{
  gst_init (NULL, NULL);
  lec_element_register (NULL);
}

static void
startup_cb (LecApplication *application, Lectern *self)
{
  g_autoptr (GError) error = NULL;

  g_timeout_add_seconds (TRIM_S, trim_cb, NULL);

#ifdef LEC_WITH_DNS_SD
  self->services = lec_dns_sd_new (self->list, NULL);
#endif
  self->discovery = lec_discovery_new (self->list, NULL, &error);
  if (self->discovery != NULL) {
    lec_application_set_discovery (application, self->discovery);
    return;
  }
  lec_application_set_discovery_error (application, error->message);
  self->tick = g_timeout_add_seconds (TICK_S, tick_cb, self->list);
  tick_cb (self->list);
}

/* As from its menu: the groups are left, and the sender hears a goodbye. */
static gboolean
end_cb (gpointer application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

/* GTK draws with buffers as large as the window that it frees after each frame. Left to itself,
 * malloc() gives their memory back to the system each time, which has to be cleared and mapped
 * anew: 60 000 page faults a second for 1280x720, of which 40 000 end here. So that this is not
 * kept once for each thread, of which each channel has new ones, they have few heaps together. */
static void
keep_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, PICTURE_MAX);
  mallopt (M_TRIM_THRESHOLD, PICTURE_MAX);
  mallopt (M_ARENA_MAX, ARENAS);
#endif
}

int
main (int argc, char *argv[])
{
  Lectern self = { .list = lec_channel_list_new () };
  g_autoptr (LecApplication) application = NULL;
  guint endings[LEC_ENDING_SIGNALS];
  int status;

  keep_memory ();
  lec_renderer_choose ("/dev");
  lec_language_init ();
  gtk_disable_setlocale (); /* it would bring back the decimal comma of the locale */

  application = lec_application_new (LEC_VERSION, self.list);
  lec_application_set_prepare_func (application, prepare_cb);
  g_signal_connect (application, "startup", G_CALLBACK (startup_cb), &self);
  lec_ending_watch (end_cb, application, endings);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  lec_ending_ignore (endings);

  g_clear_handle_id (&self.tick, g_source_remove);
#ifdef LEC_WITH_DNS_SD
  lec_dns_sd_free (self.services);
#endif
  lec_discovery_free (self.discovery);
  g_object_unref (self.list);
  return status;
}
