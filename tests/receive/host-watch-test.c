/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/host-watch.h"

#include "wire/units.h"

typedef struct
{
  const char *name;
  gboolean v6;
  LecHostCounts first, second;
  LecReportDrop drop;
  LecLoopState loop; /* what a firewall does to a datagram of one's own */
} Row;

/* What the counters grow by in each of two seconds, as they were recorded (50 packets a second are
 * sent), and what that means while nothing reaches the socket. */
static const Row rows[] = {
  { "quiet", FALSE, { 0 }, { 0 }, LEC_REPORT_DROP_NONE },
  { "received", FALSE, { 50, 50, 0, 0 }, { 50, 50, 0, 0 }, LEC_REPORT_DROP_NONE },
  { "firewall", FALSE, { 50, 0, 0, 0 }, { 50, 0, 0, 0 }, LEC_REPORT_DROP_FIREWALL },
  { "firewall-begins", FALSE, { 50, 50, 0, 0 }, { 50, 0, 0, 0 }, LEC_REPORT_DROP_NONE },
  { "firewall-ended", FALSE, { 50, 0, 0, 0 }, { 50, 50, 0, 0 }, LEC_REPORT_DROP_NONE },
  { "firewall-and-unicast", FALSE, { 50, 30, 0, 0 }, { 50, 30, 0, 0 }, LEC_REPORT_DROP_FIREWALL },
  /* unicast hides it: it cannot be told */
  { "firewall-and-download", FALSE, { 50, 900, 0, 0 }, { 50, 900, 0, 0 }, LEC_REPORT_DROP_NONE },
  { "mdns-dropped", FALSE, { 3, 0, 0, 0 }, { 4, 1, 0, 0 }, LEC_REPORT_DROP_NONE },
  { "reverse-path", FALSE, { 0, 0, 50, 0 }, { 0, 0, 50, 0 }, LEC_REPORT_DROP_REVERSE_PATH },
  { "reverse-path-once", FALSE, { 0, 0, 50, 0 }, { 0, 0, 0, 0 }, LEC_REPORT_DROP_NONE },
  { "other-port", FALSE, { 50, 50, 0, 50 }, { 50, 50, 0, 50 }, LEC_REPORT_DROP_OTHER_PORT },
  { "other-port-seldom", FALSE, { 2, 2, 0, 2 }, { 2, 2, 0, 2 }, LEC_REPORT_DROP_NONE },
  { "firewall-or-group-6",
    TRUE,
    { 50, 0, 0, 0 },
    { 50, 0, 0, 0 },
    LEC_REPORT_DROP_FIREWALL_OR_GROUP },
  { "other-port-6", TRUE, { 50, 50, 0, 50 }, { 50, 50, 0, 50 }, LEC_REPORT_DROP_OTHER_PORT },
  { "damaged", FALSE, { 0, 0, 0, 0, 50 }, { 0, 0, 0, 0, 50 }, LEC_REPORT_DROP_DAMAGED },
  { "damaged-6", TRUE, { 0, 0, 0, 0, 50 }, { 0, 0, 0, 0, 50 }, LEC_REPORT_DROP_DAMAGED },
  { "damaged-once", FALSE, { 0, 0, 0, 0, 50 }, { 0 }, LEC_REPORT_DROP_NONE },
  /* a firewall that is tried needs no excess to be found, as there is none where it drops early */
  { "refused", FALSE, { 0 }, { 0 }, LEC_REPORT_DROP_FIREWALL, LEC_LOOP_REFUSED },
  { "refused-and-download",
    FALSE,
    { 50, 900, 0, 0 },
    { 50, 900, 0, 0 },
    LEC_REPORT_DROP_FIREWALL,
    LEC_LOOP_REFUSED },
  { "refused-6",
    TRUE,
    { 50, 0, 0, 0 },
    { 50, 0, 0, 0 },
    LEC_REPORT_DROP_FIREWALL,
    LEC_LOOP_REFUSED },
  { "refused-and-reverse-path",
    FALSE,
    { 0, 0, 50, 0 },
    { 0, 0, 50, 0 },
    LEC_REPORT_DROP_REVERSE_PATH,
    LEC_LOOP_REFUSED },
  /* it drops what comes for others, or from the station alone */
  { "admitted-and-dropped",
    FALSE,
    { 50, 0, 0, 0 },
    { 50, 0, 0, 0 },
    LEC_REPORT_DROP_FIREWALL_OR_GROUP,
    LEC_LOOP_ADMITTED },
  { "admitted-and-quiet", FALSE, { 0 }, { 0 }, LEC_REPORT_DROP_NONE, LEC_LOOP_ADMITTED },
  /* other groups, that nobody here has joined */
  { "admitted-6", TRUE, { 50, 0, 0, 0 }, { 50, 0, 0, 0 }, LEC_REPORT_DROP_NONE, LEC_LOOP_ADMITTED },
  { "admitted-other-port",
    FALSE,
    { 50, 50, 0, 50 },
    { 50, 50, 0, 50 },
    LEC_REPORT_DROP_OTHER_PORT,
    LEC_LOOP_ADMITTED },
};

static LecHostCounts
add (LecHostCounts a, LecHostCounts b)
{
  return (LecHostCounts){ a.multicast + b.multicast, a.delivered + b.delivered,
                          a.reverse_path + b.reverse_path, a.ignored + b.ignored,
                          a.damaged + b.damaged };
}

static void
note (LecHostWatch *self,
      gboolean v6,
      LecHostCounts counts,
      LecLoopState loop,
      gboolean silent,
      gint64 now_ns)
{
  const LecHostSubject subject = { .v4 = !v6, .v6 = v6, .loop = loop };
  LecHostCounters counters = { 0 };
  const LecHostLink link = { "eth0", TRUE, TRUE, TRUE, TRUE, TRUE, TRUE };
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (LecHostLink));

  g_array_append_val (links, link);
  *(v6 ? &counters.v6 : &counters.v4) = counts;
  lec_host_watch_note (self, silent ? &subject : NULL, &counters, links, now_ns);
}

/* Of IPv6 it is not known. */
static guint64
count_filtered (const Row *row)
{
  guint64 filtered = 0;

  if (row->v6)
    return 0;
  if (row->first.multicast > row->first.delivered)
    filtered += row->first.multicast - row->first.delivered;
  if (row->second.multicast > row->second.delivered)
    filtered += row->second.multicast - row->second.delivered;
  return filtered;
}

static void
test_drop (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  const LecHostCounts before = { 1000, 9000, 70, 80, 90 };
  const LecHostCounts one = add (before, rows[i].first), two = add (one, rows[i].second);
  LecHostWatch self = { 0 };

  lec_host_watch_start (&self);
  note (&self, rows[i].v6, before, LEC_LOOP_UNKNOWN, TRUE, 0);
  g_assert_false (lec_host_watch_is_due (&self, 999 * MSECOND));
  g_assert_true (lec_host_watch_is_due (&self, SECOND));
  note (&self, rows[i].v6, one, LEC_LOOP_UNKNOWN, TRUE, SECOND);
  g_assert_cmpint (self.report.drop, ==, LEC_REPORT_DROP_NONE);
  note (&self, rows[i].v6, two, rows[i].loop, TRUE, 2 * SECOND);
  g_assert_cmpint (self.report.drop, ==, rows[i].drop);
  /* whoever receives asks for no reason */
  note (&self, rows[i].v6, two, rows[i].loop, FALSE, 3 * SECOND);
  g_assert_cmpuint (self.report.filtered, ==, count_filtered (&rows[i]));
  g_assert_cmpuint (self.report.damaged, ==, two.damaged - before.damaged);
  if (rows[i].drop == LEC_REPORT_DROP_FIREWALL || rows[i].drop == LEC_REPORT_DROP_REVERSE_PATH)
    g_assert_cmpint (self.report.interrupted_ns, ==, 3 * SECOND);
  else
    g_assert_cmpint (self.report.interrupted_ns, ==, 0);
  g_assert_cmpint (self.report.drop, ==, LEC_REPORT_DROP_NONE);
}

#define LINK(name, up, carrier, multicast, v4, physical)                                           \
  {                                                                                                \
    name, up, carrier, multicast, v4, FALSE, physical                                              \
  }

static void
check_named (const LecHostLink *links,
             guint count,
             const char *interface,
             LecReportLink link,
             const char *names)
{
  const LecHostSubject subject = { .v4 = TRUE, .interface = interface };
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (LecHostLink));
  LecHostWatch self = { 0 };

  g_array_append_vals (list, links, count);
  lec_host_watch_start (&self);
  lec_host_watch_note (&self, &subject, NULL, list, 0);
  g_assert_cmpint (self.report.link, ==, link);
  g_assert_cmpstr (self.report.links, ==, names);
}

static void
check_links (const LecHostLink *links, guint count, LecReportLink link, const char *names)
{
  check_named (links, count, NULL, link, names);
}

static void
test_links (void)
{
  const LecHostLink good = LINK ("eth0", TRUE, TRUE, TRUE, TRUE, TRUE);
  const LecHostLink down = LINK ("eth0", FALSE, FALSE, TRUE, TRUE, TRUE);
  const LecHostLink unplugged = LINK ("eth1", TRUE, FALSE, TRUE, TRUE, TRUE);
  const LecHostLink deaf = LINK ("ppp0", TRUE, TRUE, FALSE, TRUE, FALSE);
  const LecHostLink nameless = LINK ("eth0", TRUE, TRUE, TRUE, FALSE, TRUE);
  const LecHostLink bridge = LINK ("br0", TRUE, TRUE, TRUE, TRUE, FALSE);

  check_links (NULL, 0, LEC_REPORT_LINK_NONE, "");
  check_links ((LecHostLink[]){ good, unplugged }, 2, LEC_REPORT_LINK_USABLE, "eth0");
  check_links ((LecHostLink[]){ down }, 1, LEC_REPORT_LINK_DOWN, "eth0");
  check_links ((LecHostLink[]){ down, unplugged }, 2, LEC_REPORT_LINK_NO_CARRIER, "eth1");
  /* what virtual machines hang on is no network */
  check_links ((LecHostLink[]){ unplugged, bridge }, 2, LEC_REPORT_LINK_NO_CARRIER, "eth1");
  /* and a bridge has the address of what is below it */
  check_links ((LecHostLink[]){ nameless, bridge }, 2, LEC_REPORT_LINK_USABLE, "br0");
  check_links ((LecHostLink[]){ nameless }, 1, LEC_REPORT_LINK_NO_V4, "eth0");
  check_links ((LecHostLink[]){ deaf }, 1, LEC_REPORT_LINK_NO_MULTICAST, "ppp0");
  check_named (&down, 1, "eth0", LEC_REPORT_LINK_DOWN, "eth0");
  check_named ((LecHostLink[]){ good, unplugged }, 2, "eth1", LEC_REPORT_LINK_NO_CARRIER, "eth1");
  check_named (&good, 1, "usb0", LEC_REPORT_LINK_GONE, "usb0");
  /* whoever plays over loopback needs no other */
  check_named (&unplugged, 1, "lo", LEC_REPORT_LINK_UNKNOWN, "");
  check_named (NULL, 0, "lo", LEC_REPORT_LINK_UNKNOWN, "");
}

/* How much there was before the join, in a second or in less, of what is now fifty a second. */
static void
test_before (void)
{
  static const struct
  {
    LecHostCounts grown, excess;
    gint64 passed_ns;
    LecReportDrop drop;
    gboolean is_new;
  } kinds[] = {
    { { 0 }, { .reverse_path = 50 }, 0, LEC_REPORT_DROP_REVERSE_PATH, FALSE },
    { { 0 }, { .reverse_path = 50 }, 50 * MSECOND, LEC_REPORT_DROP_REVERSE_PATH, FALSE },
    { { 0 }, { .reverse_path = 50 }, 200 * MSECOND, LEC_REPORT_DROP_REVERSE_PATH, TRUE },
    { { .reverse_path = 5 }, { .reverse_path = 50 }, SECOND, LEC_REPORT_DROP_REVERSE_PATH, TRUE },
    { { .reverse_path = 20 }, { .reverse_path = 50 }, SECOND, LEC_REPORT_DROP_REVERSE_PATH, FALSE },
    { { .reverse_path = 50 }, { .reverse_path = 50 }, SECOND, LEC_REPORT_DROP_NONE, FALSE },
    /* other counters are another matter, and unicast, which is delivered, is none */
    { { .reverse_path = 50, .delivered = 9000 },
      { .ignored = 50, .multicast = 50, .delivered = 50 },
      SECOND,
      LEC_REPORT_DROP_OTHER_PORT,
      TRUE },
    { { .ignored = 50, .multicast = 50, .delivered = 50 },
      { .ignored = 50, .multicast = 50, .delivered = 50 },
      SECOND,
      LEC_REPORT_DROP_NONE,
      FALSE },
    { { .damaged = 40 }, { .damaged = 50 }, SECOND, LEC_REPORT_DROP_NONE, FALSE },
    { { 0 }, { .damaged = 50 }, SECOND, LEC_REPORT_DROP_DAMAGED, TRUE },
    { { .multicast = 50 }, { .multicast = 50 }, SECOND, LEC_REPORT_DROP_NONE, FALSE },
    { { 0 }, { .multicast = 50 }, SECOND, LEC_REPORT_DROP_FIREWALL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    LecHostWatch self = { 0 };
    LecHostCounts counts = { 1000, 9000, 70, 80, 90 };

    self.before.grown.v4 = kinds[i].grown;
    self.before.passed_ns = kinds[i].passed_ns;
    lec_host_watch_start (&self);
    for (guint second = 0; second < 3; second++) {
      note (&self, FALSE, counts, LEC_LOOP_UNKNOWN, TRUE, second * SECOND);
      counts = add (counts, kinds[i].excess);
    }
    g_assert_cmpint (self.report.drop, ==, kinds[i].drop);
    g_assert_cmpint (self.report.drop_is_new, ==, kinds[i].is_new);
  }
}

/* As long as all comes, what is counted beside it is that of others: it is no reason for a silence
 * that follows. */
static void
test_before_silence (void)
{
  for (guint others = 0; others <= 50; others += 50) {
    LecHostWatch self = { 0 };
    LecHostCounts counts = { 1000, 9000, 70, 80, 90 };

    lec_host_watch_start (&self);
    for (guint second = 0; second < 6; second++) {
      note (&self, FALSE, counts, LEC_LOOP_UNKNOWN, second > 2, second * SECOND);
      counts.reverse_path += second < 2 ? others : 50;
    }
    g_assert_cmpint (self.report.drop, ==,
                     others > 0 ? LEC_REPORT_DROP_NONE : LEC_REPORT_DROP_REVERSE_PATH);
    g_assert_cmpint (self.report.drop_is_new, ==, others == 0);
  }
}

/* Which kind of address is missing. One of the link alone is on every interface, and says nothing
 * of IPv4. */
static void
test_addresses (void)
{
  static const struct
  {
    gboolean v6, has_v4, has_v6, has_wide_v6;
    LecReportLink link;
  } kinds[] = {
    { FALSE, TRUE, FALSE, FALSE, LEC_REPORT_LINK_USABLE },
    { FALSE, FALSE, FALSE, FALSE, LEC_REPORT_LINK_NO_V4 },
    { FALSE, FALSE, TRUE, FALSE, LEC_REPORT_LINK_NO_V4 },
    { FALSE, FALSE, TRUE, TRUE, LEC_REPORT_LINK_ONLY_V6 },
    { TRUE, TRUE, TRUE, FALSE, LEC_REPORT_LINK_USABLE },
    { TRUE, FALSE, FALSE, FALSE, LEC_REPORT_LINK_NO_V6 },
    { TRUE, TRUE, FALSE, FALSE, LEC_REPORT_LINK_ONLY_V4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const LecHostLink link = {
      "eth0", TRUE, TRUE, TRUE, kinds[i].has_v4, kinds[i].has_v6, TRUE, kinds[i].has_wide_v6
    };
    const LecHostSubject subject = { .v4 = !kinds[i].v6, .v6 = kinds[i].v6 };
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (LecHostLink));
    LecHostWatch self = { 0 };

    g_array_append_val (list, link);
    lec_host_watch_note (&self, &subject, NULL, list, 0);
    g_assert_cmpint (self.report.link, ==, kinds[i].link);
    g_assert_cmpstr (self.report.links, ==, "eth0");
  }
}

/* The cable is out of the card that this computer uses, though another one, as for virtual machines
 * or Wi-Fi, is there; a socket that nobody uses is no fault. */
static void
test_route (void)
{
  const LecHostLink wifi = LINK ("wlan0", TRUE, TRUE, TRUE, TRUE, TRUE);
  const LecHostLink unplugged = LINK ("eth1", TRUE, FALSE, TRUE, TRUE, TRUE);
  const LecHostLink off = LINK ("eth2", FALSE, FALSE, TRUE, TRUE, TRUE);
  const struct
  {
    const char *route, *interface;
    LecReportLink link;
    const char *names;
  } kinds[] = {
    { NULL, NULL, LEC_REPORT_LINK_USABLE, "wlan0" },
    { "wlan0", NULL, LEC_REPORT_LINK_USABLE, "wlan0" },
    { "eth1", NULL, LEC_REPORT_LINK_NO_CARRIER, "eth1" },
    { "eth1", "wlan0", LEC_REPORT_LINK_USABLE, "wlan0" }, /* it is not asked */
    { "eth2", NULL, LEC_REPORT_LINK_USABLE, "wlan0" },
    { "lo", NULL, LEC_REPORT_LINK_USABLE, "wlan0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const LecHostSubject subject
        = { .v4 = TRUE, .route = kinds[i].route, .interface = kinds[i].interface };
    g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (LecHostLink));
    LecHostWatch self = { 0 };

    g_array_append_val (list, wifi);
    g_array_append_val (list, unplugged);
    g_array_append_val (list, off);
    lec_host_watch_note (&self, &subject, NULL, list, 0);
    g_assert_cmpint (self.report.link, ==, kinds[i].link);
    g_assert_cmpstr (self.report.links, ==, kinds[i].names);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/host-watch/drop/%s", rows[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_drop);
  }
  g_test_add_func ("/host-watch/before", test_before);
  g_test_add_func ("/host-watch/before-silence", test_before_silence);
  g_test_add_func ("/host-watch/links", test_links);
  g_test_add_func ("/host-watch/addresses", test_addresses);
  g_test_add_func ("/host-watch/route", test_route);

  return g_test_run ();
}
