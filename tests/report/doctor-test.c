/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Row by row: facts as they were recorded, and what the doctor makes of them. */
#include "report/doctor.h"

#include "wire/units.h"

#define JOINED 0

/* A case of one picture on 239.1.1.1:5004. */
typedef struct
{
  LecReportDraft *draft;
  LecChannel *channel;
  LecDoctorCase facts;
} Ward;

static LecChannel *
new_channel (const char *group)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, group, 5004);
  lec_stream_add_payload (stream, 96, "H264", 90000);
  return lec_channel_new (info, NULL);
}

/* @seconds after the join. */
static void
open_ward (Ward *self, double seconds)
{
  self->draft = lec_report_draft_new (1);
  self->draft->now_ns = (gint64) (seconds * (double) SECOND);
  self->draft->joined_ns = JOINED;
  self->channel = new_channel ("239.1.1.1");
  self->facts = (LecDoctorCase){
    .report = self->draft,
    .alternative = g_ptr_array_index (lec_channel_get_info (self->channel)->alternatives, 0),
    .awaited_us = (gint64) (seconds * G_USEC_PER_SEC),
  };
  g_strlcpy (self->draft->streams[0].interfaces, "eth0", LEC_REPORT_INTERFACES);
}

static void
close_ward (Ward *self)
{
  lec_channel_unref (self->channel);
  lec_report_unref (self->draft);
}

/* Packets have come until @ago_ns before now. */
static void
play (Ward *self, guint64 received, gint64 ago_ns)
{
  LecStats *stats = &self->draft->streams[0].stats;

  stats->received = stats->out = received;
  stats->first_packet_ns = JOINED;
  stats->last_packet_ns = self->draft->now_ns - ago_ns;
}

static void
check (Ward *self, LecDoctorCode code, LecSeverity severity, const char *message)
{
  g_auto (LecDiagnosis) diagnosis = { 0 };
  g_autofree char *said = NULL;

  self->facts.reception = lec_reception_read (self->draft);
  lec_doctor_examine (&self->facts, &diagnosis);
  said = lec_diagnosis_dup_message (&diagnosis);
  g_assert_cmpstr (said, ==, message);
  g_assert_cmpstr (lec_doctor_code_get_name (diagnosis.code), ==, lec_doctor_code_get_name (code));
  g_assert_cmpint (diagnosis.severity, ==, severity);
}

/* Known at once, and said before anything that might be thought of the network. */
static void
test_links (void)
{
  static const struct
  {
    LecReportLink link;
    LecDoctorCode code;
    const char *message;
  } rows[] = {
    { LEC_REPORT_LINK_DOWN, LEC_DOCTOR_INTERFACE_DOWN,
      "The network interface eth0 of this computer is switched off. Switch the network on in the "
      "settings of this computer" },
    { LEC_REPORT_LINK_NO_CARRIER, LEC_DOCTOR_NO_CARRIER,
      "The network interface eth0 of this computer is not connected (no carrier). Check the cable "
      "and the socket in the wall, or join the Wi-Fi" },
    { LEC_REPORT_LINK_NO_MULTICAST, LEC_DOCTOR_NO_MULTICAST,
      "The network interface eth0 of this computer cannot receive multicast. Use another network "
      "connection, such as the cable" },
    { LEC_REPORT_LINK_GONE, LEC_DOCTOR_INTERFACE_DOWN,
      "The network interface eth0 of this computer is gone. Plug the adapter in again, or use "
      "another network connection" },
    { LEC_REPORT_LINK_NONE, LEC_DOCTOR_INTERFACE_DOWN,
      "This computer has no network interface. Plug an adapter in, or switch it on" },
    { LEC_REPORT_LINK_NO_ADDRESS, LEC_DOCTOR_NO_ADDRESS,
      "The network interface eth0 of this computer has no address yet. Wait for the network "
      "(DHCP), or connect anew" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Ward ward;

    open_ward (&ward, 1);
    ward.draft->host.link = rows[i].link;
    g_strlcpy (ward.draft->host.links, "eth0", LEC_REPORT_INTERFACES);
    check (&ward, rows[i].code, LEC_SEVERITY_FATAL, rows[i].message);
    play (&ward, 100, 100 * MSECOND); /* packets come: it does not matter */
    check (&ward, LEC_DOCTOR_FINE, LEC_SEVERITY_FINE, "Everything sent has arrived");
    close_ward (&ward);
  }
}

static void
test_drops (void)
{
  static const struct
  {
    LecReportDrop drop;
    LecDoctorCode code;
    const char *message;
  } rows[] = {
    { LEC_REPORT_DROP_FIREWALL, LEC_DOCTOR_FIREWALL,
      "A firewall on this computer keeps out what is sent to 239.1.1.1:5004 on eth0. As "
      "administrator let them in: “nft insert rule inet filter input ip daddr 239.1.1.1 udp dport "
      "5004 accept” (nftables; “nft list ruleset” tells table and chain), “ufw allow proto udp to "
      "239.1.1.1 port 5004” (ufw), or "
      "“firewall-cmd --add-port=5004/udp” (firewalld)" },
    { LEC_REPORT_DROP_REVERSE_PATH, LEC_DOCTOR_REVERSE_PATH,
      "Nothing gets through from 239.1.1.1:5004 on eth0, and this computer drops packets, probably "
      "these, as it has no route to their sender (reverse-path filter). As administrator run "
      "“sysctl -w "
      "net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0”" },
    { LEC_REPORT_DROP_OTHER_PORT, LEC_DOCTOR_OTHER_PORT,
      "Nothing arrives from 239.1.1.1:5004 on eth0, but multicast packets do at a port where "
      "nobody listens: the station probably sends to another port than was announced. Ask the "
      "sender for a newer announcement" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Ward ward;

    open_ward (&ward, 2.1);
    g_strlcpy (ward.draft->streams[0].interfaces, "eth0, lo", LEC_REPORT_INTERFACES);
    ward.draft->host.drop = rows[i].drop;
    check (&ward, rows[i].code, LEC_SEVERITY_FATAL, rows[i].message);
    play (&ward, 100, 100 * MSECOND);
    check (&ward, LEC_DOCTOR_FINE, LEC_SEVERITY_FINE, "Everything sent has arrived");
    close_ward (&ward);
  }
}

static void
test_schedule (void)
{
  g_autoptr (LecSchedule) schedule = lec_schedule_new ();
  Ward ward;

  lec_schedule_add_period (schedule, 1000000000, 1000003600);
  open_ward (&ward, 4);
  ward.facts.schedule = schedule;
  ward.facts.wall_s = 999990000;
  check (&ward, LEC_DOCTOR_NOT_YET, LEC_SEVERITY_FATAL,
         "This channel has not begun: the announcement says it begins at 09/09/01 01:46. Wait "
         "until then, or ask the sender for a newer announcement");
  ward.facts.wall_s = 1000010000;
  check (&ward, LEC_DOCTOR_OVER, LEC_SEVERITY_FATAL,
         "This channel is over: the announcement says it ended at 09/09/01 02:46. Ask the sender "
         "for a newer announcement");
  ward.facts.wall_s = 1000000000;
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
         "Nothing arrives from 239.1.1.1:5004 on eth0: the station may not be sending, or the "
         "network is not forwarding multicast. Ask the sender whether it is on, and the "
         "administrator whether multicast gets to here");
  close_ward (&ward);
}

static void
test_network (void)
{
  Ward ward;

  open_ward (&ward, 4);
  ward.draft->streams[0].stats.damaged = 60;
  check (&ward, LEC_DOCTOR_DAMAGED, LEC_SEVERITY_FATAL,
         "All that arrives from 239.1.1.1:5004 on eth0 is damaged (wrong UDP checksum). Check "
         "cable, plug and network card");
  close_ward (&ward);
  open_ward (&ward, 300);
  play (&ward, 100, 4 * SECOND);
  ward.draft->network.querier = LEC_REPORT_QUERIER_SEEN;
  check (&ward, LEC_DOCTOR_SILENT, LEC_SEVERITY_FATAL,
         "The station has been silent for 4 s; still listening");
  ward.draft->network.querier = LEC_REPORT_QUERIER_UNSEEN;
  check (&ward, LEC_DOCTOR_FORWARDING_STOPPED, LEC_SEVERITY_FATAL,
         "Nothing has come for 4 s: either the station has stopped, or the network has stopped "
         "forwarding, as nobody asks for members (no IGMP querier). Enable a querier on the router "
         "or switch");
  play (&ward, 200, 0);
  check (&ward, LEC_DOCTOR_FINE, LEC_SEVERITY_FINE, "Everything sent has arrived");
  ward.draft->network.forwarding_losses = 1;
  check (&ward, LEC_DOCTOR_FORWARDING_STOPPED, LEC_SEVERITY_HINT,
         "The network stopped forwarding until the group was joined again, as nobody asks for "
         "members (no IGMP querier). Enable a querier on the router or switch");
  close_ward (&ward);
}

static void
test_refusal (void)
{
  Ward ward;

  open_ward (&ward, 4);
  ward.facts.refusal = "Cannot join";
  ward.facts.refused = LEC_ERROR_JOIN_LIMIT;
  check (&ward, LEC_DOCTOR_JOIN_LIMIT, LEC_SEVERITY_FATAL, "Cannot join");
  ward.facts.refused = LEC_ERROR_PORT_HELD;
  check (&ward, LEC_DOCTOR_PORT_HELD, LEC_SEVERITY_FATAL, "Cannot join");
  ward.facts.refused = LEC_ERROR_MALFORMED;
  check (&ward, LEC_DOCTOR_REFUSED, LEC_SEVERITY_FATAL, "Cannot join");
  close_ward (&ward);
}

/* Nothing is thought of the network before the server has answered. */
static void
test_uri (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_URI);
  Ward ward;

  alternative->uri = g_strdup ("mmsh://192.0.2.1/hall");
  open_ward (&ward, 30);
  ward.facts.alternative = alternative;
  check (&ward, LEC_DOCTOR_WAITING, LEC_SEVERITY_FINE, "Waiting for mmsh://192.0.2.1/hall …");
  ward.facts.alternative = NULL;
  check (&ward, LEC_DOCTOR_WAITING, LEC_SEVERITY_FINE, "Waiting for the channel …");
  close_ward (&ward);
}

/* Where no row knows better. */
static void
test_present (void)
{
  Ward ward;

  open_ward (&ward, 2.9);
  check (&ward, LEC_DOCTOR_WAITING, LEC_SEVERITY_FINE, "Waiting for 239.1.1.1:5004 …");
  close_ward (&ward);
  open_ward (&ward, 3);
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
         "Nothing arrives from 239.1.1.1:5004 on eth0: the station may not be sending, or the "
         "network is not forwarding multicast. Ask the sender whether it is on, and the "
         "administrator whether multicast gets to here");
  play (&ward, 100, 0);
  check (&ward, LEC_DOCTOR_FINE, LEC_SEVERITY_FINE, "Everything sent has arrived");
  ward.draft->streams[0].stats.lost = 25;
  check (&ward, LEC_DOCTOR_NETWORK_LOSS, LEC_SEVERITY_DEGRADED,
         "The network lost 25 of 125 packets (20.00 %). Ask whoever runs the network to look for "
         "errors and full links on the way");
  close_ward (&ward);
  open_ward (&ward, 20);
  play (&ward, 100, 7 * SECOND);
  check (&ward, LEC_DOCTOR_SILENT, LEC_SEVERITY_FATAL,
         "The station has been silent for 7 s; still listening");
  close_ward (&ward);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE); /* before anything reads it */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/doctor/links", test_links);
  g_test_add_func ("/doctor/drops", test_drops);
  g_test_add_func ("/doctor/schedule", test_schedule);
  g_test_add_func ("/doctor/network", test_network);
  g_test_add_func ("/doctor/refusal", test_refusal);
  g_test_add_func ("/doctor/uri", test_uri);
  g_test_add_func ("/doctor/present", test_present);

  return g_test_run ();
}
