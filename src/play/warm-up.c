/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/warm-up.h"

#include <gst/gst.h>

static gpointer
load (gpointer data)
{
  /* plugins: what a player itself is made of, then what is likely and takes no time. While one is
   * being loaded whoever needs another one waits, so the one that takes longest is the last. */
  static const char *const plugins[] = { "coreelements", "videoconvertscale",
                                         "audioconvert", "audioresample",
                                         "volume",       "autodetect",
                                         "rtp",          "videoparsersbad",
                                         "opus",         "audioparsers",
                                         "mpegtsdemux",  "vpx",
                                         "jpeg",         "libav" };

  gst_init (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (plugins); i++) {
    g_autoptr (GstPlugin) plugin = gst_plugin_load_by_name (plugins[i]);

    if (plugin == NULL)
      GST_INFO ("no plugin %s", plugins[i]);
  }
  return NULL;
}

GThread *
lec_warm_up_start (void)
{
  return g_thread_try_new ("lectern-warm-up", load, NULL, NULL);
}
