/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/station-table.h"

#include <net/if.h>
#include <string.h>

#include "net/host.h"
#include "wire/units.h"

#define SHOWN (5 * SECOND) /* who has sent nothing for so long does not send */

void
lec_station_table_init (LecStationTable *self)
{
  memset (self, 0, sizeof *self);
  lec_stations_init (&self->stations);
}

guint64
lec_station_table_read_host (const char *address)
{
  struct sockaddr_storage parsed;

  if (address == NULL || !lec_host_parse (address, 0, &parsed))
    return 0;
  return lec_sender_get_host (lec_address_get_sender (&parsed));
}

void
lec_station_table_prefer (LecStationTable *self, const char *address)
{
  guint64 host = lec_station_table_read_host (address);

  if (host != 0)
    lec_stations_prefer (&self->stations, host);
}

void
lec_station_table_choose (LecStationTable *self, const char *address)
{
  lec_stations_choose (&self->stations, lec_station_table_read_host (address));
}

LecStanding
lec_station_table_hear (LecStationTable *self,
                        const LecDatagram *datagram,
                        guint stream,
                        guint leg,
                        gint64 arrival_ns)
{
  guint64 host = lec_sender_get_host (lec_datagram_get_sender (datagram));
  LecStanding standing = lec_stations_hear (&self->stations, host, stream, leg, arrival_ns);
  const LecStation *station = self->stations.heard;
  gsize place;

  if (station == NULL)
    return standing;
  place = (gsize) (station - self->stations.items);
  if (station->packets == 1) {
    self->facts[place].address = *datagram->from;
    self->facts[place].ttl = 0;
  }
  self->facts[place].interface = datagram->interface;
  if (datagram->ttl != 0)
    self->facts[place].ttl = datagram->ttl;
  return standing;
}

/* ---- the report ---- */

/* Where only one is joined on, nobody asks the kernel. */
static void
write_interface (guint index, const char *joined, char text[LEC_REPORT_INTERFACE])
{
  G_STATIC_ASSERT (LEC_REPORT_INTERFACE >= IF_NAMESIZE);
  G_STATIC_ASSERT (LEC_REPORT_ADDRESS >= INET6_ADDRSTRLEN);

  if (index == 0 && strchr (joined, ',') == NULL)
    g_strlcpy (text, joined, LEC_REPORT_INTERFACE);
  else if (index == 0 || if_indextoname (index, text) == NULL)
    text[0] = '\0';
}

static void
describe_station (const LecStationTable *self, guint place, LecReportDraft *draft)
{
  const LecStation *station = &self->stations.items[place];
  LecStationReport *report;

  if (draft->n_stations == LEC_REPORT_STATIONS || draft->now_ns - station->last_ns > SHOWN)
    return;
  report = &draft->stations[draft->n_stations++];
  lec_host_format (&self->facts[place].address, report->address);
  write_interface (self->facts[place].interface,
                   draft->n_streams > 0 ? draft->streams[0].interfaces : "", report->interface);
  report->ttl = self->facts[place].ttl;
  report->received = station->packets;
  report->last_packet_ns = station->last_ns;
  report->is_played = lec_stations_is_source (&self->stations, station->host);
  report->is_announced = lec_stations_is_named (&self->stations, station);
}

static void
describe_source (const LecStationTable *self, guint index, LecStreamReport *stream)
{
  for (guint i = 0; i < stream->n_legs; i++) {
    guint64 source = self->stations.streams[index][i].source;

    for (guint place = 0; source != 0 && place < self->stations.count; place++) {
      if (self->stations.items[place].host != source)
        continue;
      lec_host_format (&self->facts[place].address, stream->sender);
      stream->ttl = self->facts[place].ttl;
      return;
    }
  }
}

void
lec_station_table_describe (const LecStationTable *self, LecReportDraft *draft)
{
  for (guint i = 0; i < self->stations.count; i++)
    describe_station (self, i, draft);
  for (guint i = 0; i < draft->n_streams; i++)
    describe_source (self, i, &draft->streams[i]);
}
