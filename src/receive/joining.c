/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/joining.h"

#include "net/interfaces.h"
#include "receive/repair-ports.h"

/* (nullable): where to join @leg. A list may have been made for another computer: an interface that
 * is not here is no reason to show nothing. */
static const char *
choose_interface (const LecJoining *self, const LecLeg *leg, LecInterface *named)
{
  if (self->interface != NULL || leg->interface == NULL || self->endpoints->replay != NULL)
    return self->interface;
  if (lec_interfaces_find (leg->interface, named, NULL))
    return named->name;
  if (*self->missing_interface == NULL)
    *self->missing_interface = g_strdup (leg->interface);
  return NULL;
}

static gboolean
add_stream (const LecJoining *self,
            const LecStream *info,
            const LecStreamsConfig *config,
            GError **error)
{
  guint index = self->streams->count;

  if (!lec_streams_add (self->streams, info, config, error))
    return FALSE;
  for (guint i = 0; i < info->legs->len; i++) {
    const LecLeg *leg = g_ptr_array_index (info->legs, i);
    LecInterface named;

    if (!lec_endpoints_add (self->endpoints, leg, index, i, info->bandwidth,
                            choose_interface (self, leg, &named), error))
      return FALSE;
  }
  return TRUE;
}

gboolean
lec_joining_run (const LecJoining *self,
                 const LecAlternative *alternative,
                 const LecStreamsConfig *config,
                 GError **error)
{
  for (guint i = 0; i < alternative->streams->len; i++) {
    if (!add_stream (self, g_ptr_array_index (alternative->streams, i), config, error))
      return FALSE;
  }
  for (guint i = 0; config->repair && i < alternative->streams->len; i++)
    lec_repair_ports_open (self->endpoints, alternative, i, self->interface);
  return TRUE;
}
