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

/* Where no row knows better. */
static void
test_present (void)
{
  Ward ward;

  open_ward (&ward, 2.9);
  check (&ward, LEC_DOCTOR_WAITING, LEC_SEVERITY_HINT, "Waiting for 239.1.1.1:5004 …");
  close_ward (&ward);
  open_ward (&ward, 3);
  check (&ward, LEC_DOCTOR_NOTHING_ARRIVES, LEC_SEVERITY_FATAL,
         "Nothing arrives from 239.1.1.1:5004 on eth0: the station may not be sending, or the "
         "network is not forwarding multicast");
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
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/doctor/links", test_links);
  g_test_add_func ("/doctor/present", test_present);

  return g_test_run ();
}
