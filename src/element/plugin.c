/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/plugin.h"

#include "element/channelsrc.h"

gboolean
lec_element_register (GstPlugin *plugin)
{
  return gst_element_register (plugin, "channelsrc", GST_RANK_NONE, LEC_TYPE_CHANNEL_SRC);
}
