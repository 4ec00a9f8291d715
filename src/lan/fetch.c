/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lan/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "announce/address.h"
#include "wire/error.h"

/* What is said about addresses that are neither files nor multicast. */
static const struct
{
  const char *scheme;
  const char *sentence;
} unsupported[] = {
  { "http", "web addresses cannot be opened yet; save the announcement as a file and open that" },
  { "https", "web addresses cannot be opened yet; save the announcement as a file and open that" },
  { "rtsp", "RTSP servers cannot be opened yet; ask for an announcement of the multicast" },
  { "mms", "Windows Media servers cannot be opened yet; ask for an announcement of the multicast" },
  { "mmsh",
    "Windows Media servers cannot be opened yet; ask for an announcement of the multicast" },
  { "mmst",
    "Windows Media servers cannot be opened yet; ask for an announcement of the multicast" },
};

static gboolean
refuse_scheme (const char *scheme, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsupported); i++) {
    if (g_ascii_strcasecmp (scheme, unsupported[i].scheme) == 0) {
      g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, unsupported[i].sentence);
      return FALSE;
    }
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               "addresses that begin with “%.20s:” cannot be opened; a file, rtp: and udp: can",
               scheme);
  return FALSE;
}

/* Finds the file that @location names. A colon may be part of a name: only what is followed by `//`
 * is taken for an address, and `file:`. */
static gboolean
find_path (const char *location, char **path, GError **error)
{
  const char *scheme = g_uri_peek_scheme (location);

  if (scheme != NULL && g_strcmp0 (scheme, "file") == 0) {
    g_autofree char *host = NULL;
    g_autofree char *found = g_filename_from_uri (location, &host, NULL);

    if (found == NULL || (host != NULL && g_ascii_strcasecmp (host, "localhost") != 0)) {
      g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                           "this address names no file on this computer");
      return FALSE;
    }
    *path = g_steal_pointer (&found);
    return TRUE;
  }
  if (scheme != NULL && g_str_has_prefix (strchr (location, ':'), "://"))
    return refuse_scheme (scheme, error);
  *path = g_strdup (location);
  return TRUE;
}

static gboolean
refuse_file (int saved_errno, GError **error)
{
  switch (saved_errno) {
  case ENOENT:
  case ENOTDIR:
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, "there is no such file");
    break;
  case EACCES:
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, "you may not read this file");
    break;
  default:
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, "the file cannot be read: %s",
                 g_strerror (saved_errno));
    break;
  }
  return FALSE;
}

static gboolean
check_regular (const struct stat *status, GError **error)
{
  if (S_ISREG (status->st_mode))
    return TRUE;
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                       S_ISDIR (status->st_mode) ? "this is a folder; open an announcement in it"
                                                 : "this is no regular file");
  return FALSE;
}

/* Opens a file without ever waiting: not for the other end of a FIFO, not for a device. It is
 * looked at before, since opening alone makes some devices act, and after, since it may be another
 * by then. */
static int
open_regular (const char *path, GError **error)
{
  struct stat status;
  int fd;

  if (g_stat (path, &status) < 0) {
    refuse_file (errno, error);
    return -1;
  }
  if (!check_regular (&status, error))
    return -1;
  fd = g_open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
  if (fd < 0) {
    refuse_file (errno, error);
    return -1;
  }
  if (fstat (fd, &status) == 0 && check_regular (&status, error))
    return fd;
  close (fd);
  return -1;
}

/* Reads one byte more than may be in an announcement, so that its reader sees the excess. */
static GByteArray *
read_bounded (int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];

  while (bytes->len <= LEC_MAX_ANNOUNCEMENT) {
    gssize got;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    got = read (fd, buffer, MIN (sizeof buffer, LEC_MAX_ANNOUNCEMENT + 1 - bytes->len));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0) {
      refuse_file (errno, error);
      return NULL;
    }
    if (got == 0)
      break;
    g_byte_array_append (bytes, buffer, (guint) got);
  }
  return g_steal_pointer (&bytes);
}

static LecAnnouncement *
fetch_file (const char *location, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *absolute = NULL;
  g_autofree char *base_uri = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  int fd;

  if (!find_path (location, &path, error))
    return NULL;
  fd = open_regular (path, error);
  if (fd < 0)
    return NULL;
  bytes = read_bounded (fd, cancellable, error);
  close (fd);
  if (bytes == NULL)
    return NULL;
  absolute = g_canonicalize_filename (path, NULL);
  base_uri = g_filename_to_uri (absolute, NULL, NULL);
  return lec_announcement_parse ((const char *) bytes->data, bytes->len, base_uri, error);
}

LecAnnouncement *
lec_fetch_announcement (const char *location, GCancellable *cancellable, GError **error)
{
  LecAnnouncement *announcement;

  g_return_val_if_fail (location != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (lec_address_is_address (location))
    announcement = lec_address_parse (location, error);
  else
    announcement = fetch_file (location, cancellable, error);
  if (announcement == NULL && error != NULL && (*error)->domain == LEC_ERROR) {
    g_autofree char *name = g_filename_display_name (location);

    g_prefix_error (error, "%s: ", name);
  }
  return announcement;
}
