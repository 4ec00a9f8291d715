/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>

#include "channel/error.h"

static struct sockaddr_storage
address (const char *text, guint16 port)
{
  struct sockaddr_storage storage = { 0 };
  struct sockaddr_in *v4 = (struct sockaddr_in *) &storage;
  struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) &storage;

  if (inet_pton (AF_INET, text, &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons (port);
  } else {
    g_assert_cmpint (inet_pton (AF_INET6, text, &v6->sin6_addr), ==, 1);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons (port);
  }
  return storage;
}

static guint32
get32 (const char *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return value;
}

static guint
get16 (const char *at)
{
  return (guint) ((guint8) at[0] << 8 | (guint8) at[1]);
}

/* The header checksum of a packet that has one sums up to all ones (RFC 1071). */
static guint
checksum (const char *header)
{
  guint sum = 0;

  for (guint i = 0; i < 20; i += 2)
    sum += get16 (header + i);
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return sum;
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-capture-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.pcap", NULL);
  g_autoptr (GError) error = NULL;
  struct sockaddr_storage from = address ("192.0.2.1", 4000), to = address ("239.1.1.1", 5004);
  struct sockaddr_storage from6 = address ("2001:db8::1", 4000), to6 = address ("ff15::1", 5004);
  LecCapture *capture = lec_capture_open (path, &error);
  g_autofree char *text = NULL;
  const char *at;
  gsize length;

  g_assert_no_error (error);
  lec_capture_write (capture, G_GINT64_CONSTANT (5000000007), &from, &to,
                     (const guint8 *) "lectern", 7, 7);
  lec_capture_write (capture, 0, &from6, &to6, (const guint8 *) "", 0, 0);
  lec_capture_write (capture, 0, &from, &to, (const guint8 *) "cut", 3, 3000);
  lec_capture_free (capture);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, ==, 24 + 16 + 28 + 7 + 16 + 48 + 16 + 28 + 3);

  g_assert_cmphex (get32 (text), ==, 0xa1b23c4d);
  g_assert_cmpuint (get32 (text + 20), ==, 101);
  at = text + 24;
  g_assert_cmpuint (get32 (at), ==, 5);
  g_assert_cmpuint (get32 (at + 4), ==, 7);
  g_assert_cmpuint (get32 (at + 8), ==, 35);
  g_assert_cmpuint (get32 (at + 12), ==, 35);
  at += 16;
  g_assert_cmphex (at[0], ==, 0x45);
  g_assert_cmpuint (get16 (at + 2), ==, 35);
  g_assert_cmphex (checksum (at), ==, 0xffff);
  g_assert_cmpuint (get16 (at + 20), ==, 4000);
  g_assert_cmpuint (get16 (at + 22), ==, 5004);
  g_assert_cmpuint (get16 (at + 24), ==, 15);
  g_assert_cmpint (memcmp (at + 28, "lectern", 7), ==, 0);
  at += 35;
  g_assert_cmpuint (get32 (at + 8), ==, 48);
  at += 16;
  g_assert_cmphex ((guint8) at[0], ==, 0x60);
  g_assert_cmpuint (get16 (at + 4), ==, 8);
  g_assert_cmpuint (get16 (at + 40), ==, 4000);
  g_assert_cmpuint (get16 (at + 44), ==, 8);
  at += 48; /* of the third only the beginning was kept, and it says so */
  g_assert_cmpuint (get32 (at + 8), ==, 31);
  g_assert_cmpuint (get32 (at + 12), ==, 3028);
  g_assert_cmpuint (get16 (at + 16 + 2), ==, 3028);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* It is known as soon as what was written should have reached the disk. */
static void
test_full_disk (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-capture-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.pcap", NULL);
  struct sockaddr_storage from = address ("192.0.2.1", 4000), to = address ("239.1.1.1", 5004);
  guint8 bytes[1400] = { 0 };
  LecCapture *capture;

  if (mount ("none", folder, "tmpfs", 0, "size=16k") != 0) {
    g_test_skip ("nothing can be mounted here");
    return;
  }
  capture = lec_capture_open (path, NULL);
  g_assert_nonnull (capture);
  lec_capture_write (capture, 0, &from, &to, bytes, sizeof bytes, sizeof bytes);
  lec_capture_flush (capture);
  g_assert_cmpint (lec_capture_get_error (capture), ==, 0);
  for (guint i = 0; i < 20; i++)
    lec_capture_write (capture, 0, &from, &to, bytes, sizeof bytes, sizeof bytes);
  lec_capture_flush (capture);
  g_assert_cmpint (lec_capture_get_error (capture), ==, ENOSPC);
  lec_capture_write (capture, 0, &from, &to, bytes, sizeof bytes, sizeof bytes);
  g_assert_cmpint (lec_capture_get_error (capture), ==, ENOSPC);
  lec_capture_free (capture);
  umount2 (folder, MNT_DETACH);
  g_rmdir (folder);
}

/* Where it has no room for a header it is refused. */
static void
test_full_device (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_capture_open ("/dev/full", &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  g_assert_cmpstr (error->message, ==, "Cannot write “/dev/full”: No space left on device");
}

/* Another way to receive the channel goes on with it; what somebody else has written stays. */
static void
test_again (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-capture-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.pcap", NULL);
  g_autofree char *other = g_build_filename (folder, "other.pcap", NULL);
  g_autofree char *text = NULL;
  struct sockaddr_storage from = address ("192.0.2.1", 4000), to = address ("239.1.1.1", 5004);
  g_autoptr (GError) error = NULL;
  gsize length;

  for (guint i = 0; i < 3; i++) {
    LecCapture *capture = lec_capture_open (path, &error);

    g_assert_no_error (error);
    lec_capture_write (capture, 0, &from, &to, (const guint8 *) "lectern", 7, 7);
    lec_capture_free (capture);
  }
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, ==, 24 + 3 * (16 + 28 + 7));

  g_assert_true (g_file_set_contents (other, "precious", -1, NULL));
  g_assert_null (lec_capture_open (other, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  g_remove (path);
  g_remove (other);
  g_rmdir (folder);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_capture_open ("/nonexistent/x.pcap", &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "“/nonexistent/x.pcap”"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/file", test_file);
  g_test_add_func ("/capture/refused", test_refused);
  g_test_add_func ("/capture/full-disk", test_full_disk);
  g_test_add_func ("/capture/full-device", test_full_device);
  g_test_add_func ("/capture/again", test_again);
  return g_test_run ();
}
