/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/plugin.h"

#include "element/channelsrc.h"
#include "receive/host-watch.h"

gboolean
lec_element_register (GstPlugin *plugin)
{
  lec_host_watch_remember ();
  return gst_element_register (plugin, "channelsrc", GST_RANK_NONE, LEC_TYPE_CHANNEL_SRC);
}
