/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/repair-ports.h"

#include "wire/format.h"

#define COLUMNS 2 /* ports above the media */
#define ROWS 4

/* Nothing is sent again that nobody asks for. */
static void
open_announced (LecEndpoints *endpoints, const LecStream *info, guint stream, const char *interface)
{
  for (guint i = 0; i < info->repairs->len; i++) {
    const LecRepair *repair = g_ptr_array_index (info->repairs, i);
    const LecLeg leg = {
      .group = repair->group,
      .port = repair->port,
      .sources = repair->sources,
      .excluded = repair->excluded,
    };

    if (repair->port != 0 && repair->group != NULL
        && (repair->scheme != LEC_REPAIR_RTX || info->feedback.nack))
      lec_endpoints_add_repair (endpoints, &leg, stream, repair->scheme, interface);
  }
}

static gboolean
is_transport_stream (const LecAlternative *alternative, const LecStream *info)
{
  if (lec_format_of (alternative->kind)->is_ts || info->payloads->len == 0)
    return TRUE;
  for (guint i = 0; i < info->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (info->payloads, i);

    if (g_ascii_strcasecmp (payload->encoding, "MP2T") == 0)
      return TRUE;
  }
  return FALSE;
}

/* @ahead: ports above the media */
static void
open_above (LecEndpoints *endpoints,
            const LecLeg *leg,
            guint ahead,
            guint stream,
            const char *interface)
{
  LecLeg above = *leg;

  if (leg->port > G_MAXUINT16 - ahead || !lec_address_is_group (leg->group))
    return;
  above.port = (guint16) (leg->port + ahead);
  lec_endpoints_add_repair (endpoints, &above, stream, LEC_REPAIR_2022_1, interface);
}

static void
open_by_convention (LecEndpoints *endpoints,
                    const LecStream *info,
                    guint stream,
                    const char *interface)
{
  for (guint i = 0; i < info->legs->len; i++) {
    const LecLeg *leg = g_ptr_array_index (info->legs, i);

    open_above (endpoints, leg, COLUMNS, stream, interface);
    open_above (endpoints, leg, ROWS, stream, interface);
  }
}

void
lec_repair_ports_open (LecEndpoints *endpoints,
                       const LecAlternative *alternative,
                       guint stream,
                       const char *interface)
{
  const LecStream *info = g_ptr_array_index (alternative->streams, stream);

  if (info->repairs->len > 0)
    open_announced (endpoints, info, stream, interface);
  else if (alternative->streams->len == 1 && alternative->kind != LEC_KIND_MSB
           && is_transport_stream (alternative, info))
    open_by_convention (endpoints, info, stream, interface);
}
