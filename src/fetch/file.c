/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "announce/reference.h"
#include "channel/error.h"

static char *
find_path (const char *location, GError **error)
{
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;

  if (!lec_reference_has_scheme (location, "file"))
    return g_strdup (location);
  path = g_filename_from_uri (location, &host, NULL);
  if (path != NULL && (host == NULL || g_ascii_strcasecmp (host, "localhost") == 0))
    return g_steal_pointer (&path);
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                       _ ("this address does not name a file on this computer"));
  return NULL;
}

static gboolean
refuse_file (int saved_errno, GError **error)
{
  switch (saved_errno) {
  case ENOENT:
  case ENOTDIR:
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("there is no such file"));
    break;
  case EACCES:
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("you may not read this file"));
    break;
  default:
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("the file cannot be read: %s"),
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
                       S_ISDIR (status->st_mode)
                           ? _ ("this is a folder; open an announcement in it")
                           : _ ("this is not a regular file"));
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

/* Reads one byte more than may be there, so that its reader sees the excess. */
static GByteArray *
read_bounded (int fd, gsize limit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];

  while (bytes->len <= limit) {
    gssize got;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    got = read (fd, buffer, MIN (sizeof buffer, limit + 1 - bytes->len));
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

GBytes *
lec_file_read (const char *location,
               gsize limit,
               GCancellable *cancellable,
               char **uri,
               GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *absolute = NULL;
  GByteArray *bytes;
  int fd;

  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  path = find_path (location, error);
  if (path == NULL)
    return NULL;
  fd = open_regular (path, error);
  if (fd < 0)
    return NULL;
  bytes = read_bounded (fd, limit, cancellable, error);
  close (fd);
  if (bytes == NULL)
    return NULL;
  absolute = g_canonicalize_filename (path, NULL);
  *uri = g_filename_to_uri (absolute, NULL, NULL);
  return g_byte_array_free_to_bytes (bytes);
}
