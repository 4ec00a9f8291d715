/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/late-guard.h"

#define MOST (100 * GST_MSECOND) /* later than that is as good as that late */

static GstPadProbeReturn
event_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstClockTimeDiff late;
  GstClockTime time;
  double proportion;
  GstQOSType type;

  if (GST_EVENT_TYPE (event) != GST_EVENT_QOS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_qos (event, &type, &proportion, &late, &time);
  if (late <= (GstClockTimeDiff) MOST)
    return GST_PAD_PROBE_OK;
  GST_PAD_PROBE_INFO_DATA (info) = gst_event_new_qos (type, proportion, MOST, time);
  gst_event_unref (event);
  return GST_PAD_PROBE_OK;
}

void
lec_late_guard_attach (GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, event_cb, NULL, NULL);
}
