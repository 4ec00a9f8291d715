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

/* @source: (nullable): the only one that is listened to */
static LecChannel *
new_channel_from (const char *group, const char *source)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);
  LecLeg *leg = lec_stream_add_leg (stream, group, 5004);

  if (source != NULL)
    leg->sources = g_strdupv ((char *[]){ (char *) source, NULL });
  lec_stream_add_payload (stream, 96, "H264", 90000);
  return lec_channel_new (info, NULL);
}

static LecChannel *
new_channel (const char *group)
{
  return new_channel_from (group, NULL);
}

/* @seconds after the join. */
static void
open_ward_from (Ward *self, double seconds, const char *source)
{
  self->draft = lec_report_draft_new (1);
  self->draft->now_ns = (gint64) (seconds * (double) SECOND);
  self->draft->joined_ns = JOINED;
  self->channel = new_channel_from ("239.1.1.1", source);
  self->facts = (LecDoctorCase){
    .report = self->draft,
    .alternative = g_ptr_array_index (lec_channel_get_info (self->channel)->alternatives, 0),
    .awaited_us = (gint64) (seconds * G_USEC_PER_SEC),
  };
  g_strlcpy (self->draft->streams[0].interfaces, "eth0", LEC_REPORT_INTERFACES);
}

static void
open_ward (Ward *self, double seconds)
{
  open_ward_from (self, seconds, NULL);
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
    { LEC_REPORT_LINK_NO_V4, LEC_DOCTOR_NO_ADDRESS,
      "The network interface eth0 of this computer has no IPv4 address yet. Wait for the network "
      "(DHCP), or connect anew" },
    { LEC_REPORT_LINK_NO_V6, LEC_DOCTOR_NO_ADDRESS,
      "The network interface eth0 of this computer has no IPv6 address yet. Wait for the network, "
      "or connect anew" },
    { LEC_REPORT_LINK_ONLY_V6, LEC_DOCTOR_NO_ADDRESS,
      "This channel is sent over IPv4, but the network interface eth0 of this computer has an IPv6 "
      "address only. Ask whoever runs the network for IPv4, or the sender for a channel over "
      "IPv6" },
    { LEC_REPORT_LINK_ONLY_V4, LEC_DOCTOR_NO_ADDRESS,
      "This channel is sent over IPv6, but the network interface eth0 of this computer has an IPv4 "
      "address only. Switch IPv6 on in the settings of the network, or ask the sender for a "
      "channel over IPv4" },
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
    gboolean is_new;
  } rows[] = {
    { LEC_REPORT_DROP_FIREWALL, LEC_DOCTOR_FIREWALL,
      "A firewall on this computer keeps out what is sent to 239.1.1.1:5004 on eth0. As "
      "administrator let them in: “nft insert rule inet filter input ip daddr 239.1.1.1 udp dport "
      "5004 accept”, “nft insert rule inet filter input ip protocol igmp accept” (nftables; “nft "
      "list ruleset” tells table and chain), “ufw allow proto udp to 239.1.1.1 port 5004”, “ufw "
      "allow proto igmp to 224.0.0.0/4” (ufw), or “firewall-cmd --add-port=5004/udp "
      "--add-protocol=igmp” (firewalld)" },
    { LEC_REPORT_DROP_REVERSE_PATH, LEC_DOCTOR_REVERSE_PATH,
      "Nothing gets through from 239.1.1.1:5004 on eth0: either it does not arrive, or this "
      "computer drops it, as its own way to the sender is another one, or there is none "
      "(reverse-path filter); some packets are dropped for that. As administrator run “sysctl -w "
      "net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0”" },
    { LEC_REPORT_DROP_REVERSE_PATH, LEC_DOCTOR_REVERSE_PATH,
      "This computer drops what is sent to 239.1.1.1:5004 on eth0, as its own way to the sender is "
      "another one, or there is none (reverse-path filter). As administrator run “sysctl -w "
      "net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0”",
      TRUE },
    { LEC_REPORT_DROP_DAMAGED, LEC_DOCTOR_DAMAGED,
      "Nothing gets through from 239.1.1.1:5004 on eth0: either it does not arrive, or it is "
      "damaged (wrong UDP checksum), as some packets are that this computer drops. Check cable, "
      "plug and network card" },
    { LEC_REPORT_DROP_DAMAGED, LEC_DOCTOR_DAMAGED,
      "All that arrives from 239.1.1.1:5004 on eth0 is damaged (wrong UDP checksum). Check cable, "
      "plug and network card",
      TRUE },
    { LEC_REPORT_DROP_OTHER_PORT, LEC_DOCTOR_OTHER_PORT,
      "Nothing arrives from 239.1.1.1:5004 on eth0, but multicast packets do at a port where "
      "nobody listens: either the station sends to another port than was announced, or they are "
      "for another program. Ask the sender for a newer announcement" },
    { LEC_REPORT_DROP_OTHER_PORT, LEC_DOCTOR_OTHER_PORT,
      "Nothing arrives from 239.1.1.1:5004 on eth0, but multicast packets that were not there "
      "before do, at a port where nobody listens: the station sends to another port than was "
      "announced. Ask the sender for a newer announcement",
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Ward ward;

    open_ward (&ward, 2.1);
    g_strlcpy (ward.draft->streams[0].interfaces, "eth0, lo", LEC_REPORT_INTERFACES);
    ward.draft->host.drop = rows[i].drop;
    ward.draft->host.drop_is_new = rows[i].is_new;
    check (&ward, rows[i].code, LEC_SEVERITY_FATAL, rows[i].message);
    play (&ward, 100, 100 * MSECOND);
    if (rows[i].drop == LEC_REPORT_DROP_FIREWALL) /* then another stream is kept out */
      check (
          &ward, LEC_DOCTOR_FIREWALL, LEC_SEVERITY_DEGRADED,
          "A firewall on this computer keeps a part of this channel out. As administrator let it "
          "in: "
          "“nft insert rule inet filter input ip daddr 239.1.1.1 udp dport 5004 accept”, “nft "
          "insert rule inet filter input ip protocol igmp accept” (nftables; “nft list ruleset” "
          "tells table and chain), “ufw allow proto udp to 239.1.1.1 port 5004”, “ufw allow proto "
          "igmp to 224.0.0.0/4” (ufw), or “firewall-cmd --add-port=5004/udp --add-protocol=igmp” "
          "(firewalld)");
    else
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

/* What the station has sent shows whether it keeps the announced times. */
static void
test_schedule_kept (void)
{
  static const struct
  {
    gint64 wall_s;
    LecDoctorCode code;
  } rows[] = {
    { 999999980, LEC_DOCTOR_NOT_YET }, /* it tried its picture before */
    { 1000001000, LEC_DOCTOR_SILENT }, /* it is on */
    { 1000003700, LEC_DOCTOR_OVER },   /* a little longer */
    { 900000000, LEC_DOCTOR_SILENT },  /* years before, */
    { 1100000000, LEC_DOCTOR_SILENT }, /* or after the times that nobody has changed */
  };
  g_autoptr (LecSchedule) schedule = lec_schedule_new ();

  lec_schedule_add_period (schedule, 1000000000, 1000003600);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (LecDiagnosis) diagnosis = { 0 };
    Ward ward;

    open_ward (&ward, 300);
    play (&ward, 100, 4 * SECOND);
    ward.facts.schedule = schedule;
    ward.facts.wall_s = rows[i].wall_s;
    ward.facts.reception = lec_reception_read (ward.draft);
    lec_doctor_examine (&ward.facts, &diagnosis);
    g_assert_cmpstr (lec_doctor_code_get_name (diagnosis.code), ==,
                     lec_doctor_code_get_name (rows[i].code));
    close_ward (&ward);
  }
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
         "Nothing has come for 4 s: either the station is silent, or the network has stopped "
         "forwarding; "
         "still listening. If that lasts, ask whoever runs the station, and then whoever runs the "
         "network");
  ward.draft->network.querier = LEC_REPORT_QUERIER_UNSEEN;
  check (&ward, LEC_DOCTOR_FORWARDING_STOPPED, LEC_SEVERITY_FATAL,
         "Nothing has come for 4 s: either the station has stopped, or the network has stopped "
         "forwarding, as nobody asks for members (no IGMP querier is heard). Enable a querier on "
         "the router "
         "or switch; if there is one, let its questions (IGMP) in through the firewall of this "
         "computer");
  play (&ward, 200, 0);
  check (&ward, LEC_DOCTOR_FINE, LEC_SEVERITY_FINE, "Everything sent has arrived");
  ward.draft->network.forwarding_losses = 1;
  check (&ward, LEC_DOCTOR_FORWARDING_STOPPED, LEC_SEVERITY_HINT,
         "The network stopped forwarding until the group was joined again, as nobody asks for "
         "members (no IGMP querier is heard). Enable a querier on the router or switch; if there "
         "is one, let its questions (IGMP) in through the firewall of this computer");
  close_ward (&ward);
}

/* Who sends was asked, and it is none of those that are listened to. */
static void
test_source (void)
{
  Ward ward;

  open_ward_from (&ward, 4, "192.0.2.1");
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
         "Nothing arrives from 239.1.1.1:5004 on eth0, of which only 192.0.2.1 is listened to, as "
         "the announcement says (source filter): either that station is not sending, or the "
         "channel comes from another address, or the network is not forwarding multicast. Ask the "
         "sender for the address that it sends from");
  g_strlcpy (ward.draft->network.stranger, "192.0.2.9", LEC_REPORT_ADDRESS);
  check (&ward, LEC_DOCTOR_OTHER_SOURCE, LEC_SEVERITY_FATAL,
         "192.0.2.9 sends to 239.1.1.1:5004, but only 192.0.2.1 is listened to, as the "
         "announcement says (source filter). Ask the sender for an announcement that names the "
         "right source");
  play (&ward, 100, 100 * MSECOND); /* it is there after all */
  check (&ward, LEC_DOCTOR_FINE, LEC_SEVERITY_FINE, "Everything sent has arrived");
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
  ward.facts.refusal = "Cannot join: one too many. Close a window. Or two"; /* and what to try */
  {
    g_auto (LecDiagnosis) diagnosis = { 0 };

    lec_doctor_examine (&ward.facts, &diagnosis);
    g_assert_cmpstr (diagnosis.sentence, ==, "Cannot join: one too many");
    g_assert_cmpstr (diagnosis.remedy, ==, "Close a window. Or two");
  }
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

/* At the end of a capture that has nothing of the channel, whatever is wrong with the network. */
static void
test_replayed (void)
{
  Ward ward;

  open_ward (&ward, 2);
  ward.draft->streams[0].interfaces[0] = '\0';
  ward.draft->host.link = LEC_REPORT_LINK_DOWN;
  ward.draft->replayed = TRUE;
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
         "Nothing in this capture was sent to 239.1.1.1:5004. Play it with the announcement of "
         "what was captured");
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
  ward.draft->network.querier = LEC_REPORT_QUERIER_UNSEEN;
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
         "Nothing arrives from 239.1.1.1:5004 on eth0: the station may not be sending, or the "
         "network is not forwarding multicast. Ask the sender whether it is on; if so, the network "
         "may need a querier (IGMP or MLD): none was seen");
  ward.draft->network.querier = LEC_REPORT_QUERIER_SEEN;
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
         "Nothing arrives from 239.1.1.1:5004 on eth0: the station may not be sending, or the "
         "network is not forwarding multicast. Ask the sender whether it is on; if so, the router "
         "has to forward multicast to here (it asks for members: a querier was seen)");
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
         "Nothing has come for 7 s: either the station is silent, or the network has stopped "
         "forwarding; still listening. If that lasts, ask whoever runs the station, and then "
         "whoever runs the network");
  close_ward (&ward);
}

/* ---- by what is said of all streams together ---- */

/* @alternative: (nullable). Checks the whole message. */
static void
check_said (const LecReception *reception,
            const LecAlternative *alternative,
            LecError error,
            const char *message)
{
  const LecDoctorCase facts = { .reception = *reception,
                                .alternative = alternative,
                                .awaited_us = 30 * G_TIME_SPAN_SECOND };
  g_auto (LecDiagnosis) diagnosis = { 0 };
  g_autofree char *said = NULL;

  lec_doctor_examine (&facts, &diagnosis);
  said = lec_diagnosis_dup_message (&diagnosis);
  g_assert_cmpstr (said, ==, message);
  g_assert_cmpint (diagnosis.error, ==, error);
}

static void
test_sentences (void)
{
  g_autoptr (LecChannel) channel = new_channel ("239.1.1.1");
  g_autoptr (LecChannel) channel6 = new_channel ("ff15::1");
  g_autoptr (LecChannel) channel_ssm = new_channel ("232.1.0.0");
  g_autoptr (LecChannel) channel_here = new_channel ("192.0.2.9");
  const LecAlternative *rtp = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  const LecAlternative *rtp6 = g_ptr_array_index (lec_channel_get_info (channel6)->alternatives, 0);
  const LecAlternative *ssm
      = g_ptr_array_index (lec_channel_get_info (channel_ssm)->alternatives, 0);
  const LecAlternative *unicast
      = g_ptr_array_index (lec_channel_get_info (channel_here)->alternatives, 0);
  const struct
  {
    const LecAlternative *alternative;
    LecReception reception;
    LecError error;
    const char *message;
  } rows[] = {
    { rtp6,
      { .attended_us = -1, .reported_us = -1, .silent_us = -1 },
      LEC_ERROR_SILENT,
      "Nothing arrives from [ff15::1]:5004: the station may not be sending, or the network is not "
      "forwarding multicast. Ask the sender whether it is on, and the administrator whether "
      "multicast gets to here" },
    { ssm,
      { .attended_us = -1, .reported_us = -1, .silent_us = -1, .interfaces = "eth0" },
      LEC_ERROR_NEEDS_SOURCE,
      "Nothing arrives from 232.1.0.0:5004 on eth0: this is a source-specific (SSM) address and "
      "the announcement has no source filter. Ask the sender for an announcement that names the "
      "source" },
    { ssm,
      { .attended_us = -1,
        .reported_us = -1,
        .silent_us = -1,
        .interfaces = "eth0",
        .withdrawn = TRUE },
      LEC_ERROR_SILENT,
      "Nothing arrives from 232.1.0.0:5004 on eth0: the station has withdrawn this channel" },
    { unicast,
      { .attended_us = -1, .reported_us = -1, .silent_us = -1 },
      LEC_ERROR_SILENT,
      "Nothing arrives at 192.0.2.9:5004: either the sender does not send to this computer, or "
      "something on the way keeps it back. Ask the sender whether it is on, and where to it "
      "sends" },
    { rtp,
      { .sum = { .received = 5, .discarded = 5 }, .payload = 33 },
      LEC_ERROR_UNSUPPORTED,
      "Packets arrive, but not of the kind that was announced (payload type 33). The announcement "
      "may be out of date: ask the sender for a newer one" },
    { rtp,
      { .sum = { .received = 5, .discarded = 5, .malformed = 5 } },
      LEC_ERROR_UNSUPPORTED,
      "Packets arrive, but they are neither RTP nor an MPEG transport stream. Ask the sender for "
      "RTP or MPEG-TS" },
    { rtp,
      { .sum = { .received = 5, .discarded = 5, .malformed = 5 },
        .foreign = LEC_FOREIGN_PROGRAM_STREAM },
      LEC_ERROR_UNSUPPORTED,
      "What comes is plain MPEG-PS, with neither RTP nor a transport stream around it. Ask the "
      "sender for MPEG-TS" },
    { rtp,
      { .sum.received = 5,
        .speaking = 1,
        .attended_us = -1,
        .reported_us = -1,
        .silent_us = 7900000 },
      LEC_ERROR_SILENT,
      "Nothing has come for 7 s: either the station is silent, or the network has stopped "
      "forwarding; still listening. If that lasts, ask whoever runs the station, and then whoever "
      "runs the network" },
    { rtp,
      { .sum.received = 5,
        .speaking = 1,
        .attended_us = -1,
        .reported_us = -1,
        .silent_us = 7900000,
        .interfaces = "lo" },
      LEC_ERROR_SILENT,
      "The station has been silent for 7 s; still listening. If that lasts, ask whoever runs the "
      "station" },
    { rtp,
      { .sum.received = 5,
        .speaking = 1,
        .attended_us = -1,
        .reported_us = -1,
        .silent_us = 7900000,
        .interfaces = "eth0" },
      LEC_ERROR_SILENT,
      "Nothing has come for 7 s: either the station is silent, or the network has stopped "
      "forwarding; still listening. If that lasts, ask whoever runs the station, and then whoever "
      "runs the network" },
    { rtp,
      { .sum.received = 5, .attended_us = -1, .reported_us = -1, .silent_us = 7900000 },
      LEC_ERROR_SILENT,
      "The station ended the session (RTCP BYE); still listening, in case it comes back" },
    { rtp,
      { .speaking = 1,
        .attended_us = -1,
        .reported_us = -1,
        .silent_us = 600000,
        .withdrawn = TRUE },
      LEC_ERROR_SILENT,
      "The station has withdrawn this channel; still listening, in case it comes back" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_said (&rows[i].reception, rows[i].alternative, rows[i].error, rows[i].message);
}

/* An address alone was given. */
static void
test_address (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  const LecReception foreign = { .sum = { .received = 5, .discarded = 5 }, .payload = 33 };

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.1.1", 5004);
  check_said (&foreign, alternative, LEC_ERROR_UNSUPPORTED,
              "Packets arrive, but their address alone does not tell what they are (payload type "
              "33). Open the channel's .sdp file instead");
}

/* Of a Windows Media station. */
static void
test_msb (void)
{
  g_autoptr (LecChannel) channel = new_channel ("239.1.1.1");
  const LecAlternative *alternative
      = g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0);
  const struct
  {
    LecReception reception;
    LecError error;
    const char *message;
  } rows[] = {
    { { .msb = LEC_MSB_STATE_WAITING, .attended_us = -1, .reported_us = -1, .silent_us = -1 },
      LEC_ERROR_SILENT,
      "The station is there and is waiting to begin: only its beacons arrive. Wait until it "
      "begins, "
      "or ask whoever runs the station" },
    { { .msb = LEC_MSB_STATE_MISSING, .attended_us = -1, .reported_us = -1, .silent_us = -1 },
      LEC_ERROR_SILENT,
      "Nothing arrives from 239.1.1.1:5004: the station may not be sending, or the network is not "
      "forwarding multicast. Ask the sender whether it is on, and the administrator whether "
      "multicast gets to here" },
    { { .msb = LEC_MSB_STATE_UNDESCRIBED,
        .sum = { .received = 9, .discarded = 9, .unknown_formats = 9 } },
      LEC_ERROR_UNSUPPORTED,
      "The station sends only formats that the station file (.nsc) does not describe. Ask the "
      "sender for the newest station file" },
    { { .msb = LEC_MSB_STATE_JOINING, .sum = { .received = 9, .discarded = 9, .malformed = 9 } },
      LEC_ERROR_UNSUPPORTED,
      "Packets arrive, but they are not Windows Media multicast. The announcement may be out of "
      "date: ask the sender for a newer one" },
    { { .msb = LEC_MSB_STATE_ENDED, .speaking = 1, .silent_us = 31000000 },
      LEC_ERROR_SILENT,
      "The station has sent nothing to be played for 31 s, so what it sent has ended; still "
      "listening, in case it begins again" },
    { { .msb = LEC_MSB_STATE_PLAYING, .speaking = 1, .silent_us = 8000000, .attended_us = 900000 },
      LEC_ERROR_SILENT,
      "The station is there, but has sent nothing to be played for 8 s: only its beacons arrive. "
      "Wait until it goes on, or ask whoever runs the station" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_said (&rows[i].reception, alternative, rows[i].error, rows[i].message);
}

/* What would help, as far as it is known. */
static void
test_advice (void)
{
  static const struct
  {
    LecReception reception;
    const char *advice;
  } rows[] = {
    { { .network
        = { .querier = LEC_REPORT_QUERIER_UNSEEN, .rejoins = 1, .buffer_ns = G_MAXINT64 } },
      NULL },
    { { .network = { .forwarding_losses = 1, .querier = LEC_REPORT_QUERIER_SEEN } }, NULL },
    { { .found = LEC_FOUND_BARE_TS },
      "The announcement says RTP; the station sends a transport stream without RTP" },
    { { .found = LEC_FOUND_OTHER_TS, .payload = 96 },
      "The announcement does not say so, but the station sends a transport stream (payload type "
      "96)" },
    { { .found = LEC_FOUND_RTP },
      "The announcement says a transport stream without RTP; the station sends RTP" },
    { { .network = { .forwarding_losses = 1, .querier = LEC_REPORT_QUERIER_UNSEEN } },
      "The network stopped forwarding until the group was joined again, as nobody asks for members "
      "(no IGMP querier is heard). Enable a querier on the router or switch; if there is one, let "
      "its questions (IGMP) in through the firewall of this computer" },
    { { .network = { .forwarding_losses = 1,
                     .querier = LEC_REPORT_QUERIER_UNKNOWN,
                     .protocol = LEC_REPORT_PROTOCOL_MLD } },
      "The network stopped forwarding until the group was joined again, probably as nobody asks "
      "for "
      "members (no MLD querier is heard). Enable a querier on the router or switch; if there is "
      "one, let its questions (MLD) in through the firewall of this computer" },
    { { .msb = LEC_MSB_STATE_UNDESCRIBED,
        .sum = { .received = 99, .out = 9 },
        .network.buffer_ns = G_MAXINT64 },
      "What the station sends now is of a format that the station file (.nsc) does not describe. "
      "Ask the sender for the newest station file" },
    /* a buffer that was refused matters where it is short, or has been too short */
    { { .network = { .buffer_refused = 2000000, .buffer_ns = 100 * MSECOND } }, NULL },
    { { .network = { .buffer_refused = 2000000, .buffer_ns = 99 * MSECOND } },
      "This computer's receive buffer is too small for this channel. As administrator run “sysctl "
      "-w net.core.rmem_max=1000000”" },
    { { .sum.lost_local = 1, .network = { .buffer_refused = 2000000, .buffer_ns = G_MAXINT64 } },
      "This computer's receive buffer is too small for this channel. As administrator run “sysctl "
      "-w net.core.rmem_max=1000000”" },
    { { .sum.lost_local = 1, .network.buffer_ns = G_MAXINT64 }, NULL },
    { { .others = 1, .other = "192.0.2.7", .network.buffer_ns = G_MAXINT64 },
      "Another station, 192.0.2.7, sends to the same address; it is kept out. Give one of them "
      "another group" },
    { { .others = 3, .other = "192.0.2.7", .network.buffer_ns = G_MAXINT64 },
      "Other stations, 192.0.2.7 and 2 more, send to the same address; they are kept out. Give "
      "each "
      "a group of its own" },
    /* the only one there is, of which nothing can be played, is nobody else */
    { { .others = 1, .other = "192.0.2.7", .sum.discarded = 9, .network.buffer_ns = G_MAXINT64 },
      NULL },
    { { .others = 1,
        .other = "192.0.2.7",
        .sum = { .discarded = 9, .out = 1 },
        .network.buffer_ns = G_MAXINT64 },
      "Another station, 192.0.2.7, sends to the same address; it is kept out. Give one of them "
      "another group" },
    { { .untimed = 1, .network.buffer_ns = G_MAXINT64 },
      "The station's RTP time stamps do not run, so its packets are played as they arrive" },
    { { .untimed = 1, .sum = { .out = 80, .lost = 20 }, .network.buffer_ns = G_MAXINT64 }, NULL },
    { { .untimed = 1, .msb = LEC_MSB_STATE_PLAYING, .network.buffer_ns = G_MAXINT64 },
      "The station's send times do not run, so its packets are played as they arrive" },
    { { .untimed = 1, .unnumbered = 1, .network.buffer_ns = G_MAXINT64 },
      "The station's RTP sequence numbers do not count its packets, so they are played in the "
      "order "
      "in which they arrive, and losses cannot be seen" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const LecDoctorCase facts = { .reception = rows[i].reception };
    g_autofree char *advice = lec_doctor_dup_advice (&facts);

    g_assert_cmpstr (advice, ==, rows[i].advice);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE); /* before anything reads it */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/doctor/links", test_links);
  g_test_add_func ("/doctor/drops", test_drops);
  g_test_add_func ("/doctor/schedule", test_schedule);
  g_test_add_func ("/doctor/schedule/kept", test_schedule_kept);
  g_test_add_func ("/doctor/network", test_network);
  g_test_add_func ("/doctor/source", test_source);
  g_test_add_func ("/doctor/refusal", test_refusal);
  g_test_add_func ("/doctor/uri", test_uri);
  g_test_add_func ("/doctor/replayed", test_replayed);
  g_test_add_func ("/doctor/present", test_present);
  g_test_add_func ("/doctor/sentences", test_sentences);
  g_test_add_func ("/doctor/address", test_address);
  g_test_add_func ("/doctor/msb", test_msb);
  g_test_add_func ("/doctor/advice", test_advice);

  return g_test_run ();
}
