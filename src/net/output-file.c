/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "channel/error.h"

/* A file that this process has begun, whatever it is called by now. As long as it is open its
 * number is not given to another one. */
typedef struct
{
  dev_t device;
  ino_t inode;
  int fd;
  gboolean written;
} Claim;

/* As many as programs name files: one or two. */
static GMutex mutex;
static GArray *claims; /* of Claim; NULL: none yet */

/* Called with the mutex held. */
static Claim *
find_claim (const struct stat *status)
{
  for (guint i = 0; claims != NULL && i < claims->len; i++) {
    Claim *claim = &g_array_index (claims, Claim, i);

    if (claim->device == status->st_dev && claim->inode == status->st_ino)
      return claim;
  }
  return NULL;
}

/* Called with the mutex held. */
static void
add_claim (const struct stat *status, int fd)
{
  const Claim claim = { .device = status->st_dev,
                        .inode = status->st_ino,
                        .fd = fcntl (fd, F_DUPFD_CLOEXEC, 0) };

  if (claims == NULL)
    claims = g_array_new (FALSE, FALSE, sizeof (Claim));
  g_array_append_val (claims, claim);
}

static void
set_error (GError **error, const char *path, int number)
{
  if (number == EEXIST)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("“%s” exists already; it is replaced only with --overwrite"), path);
  else if (number == ELOOP)
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
                 _ ("“%s” is a link; name the file that it leads to"), path);
  else
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot write “%1$s”: %2$s"), path,
                 g_strerror (number));
}

/* A named pipe that nobody reads would be waited for. */
static int
open_path (const char *path, int flags)
{
  int fd = open (path, flags | O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0666);

  if (fd >= 0)
    fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) & ~O_NONBLOCK);
  return fd;
}

/* Called with the mutex held. What is there: one's own, what may go, or what is no file. Returns:
 * -1 with errno set */
static int
open_existing (const char *path, LecOutputFileMode mode)
{
  int fd = open_path (path, 0);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode)
      || find_claim (&status) != NULL)
    return fd;
  if (mode == LEC_OUTPUT_FILE_OVERWRITE && ftruncate (fd, 0) == 0) {
    add_claim (&status, fd);
    return fd;
  }
  close (fd);
  errno = EEXIST;
  return -1;
}

/* Called with the mutex held. */
static int
open_claimed (const char *path, LecOutputFileMode mode, GError **error)
{
  int fd = open_path (path, O_CREAT | O_EXCL);
  struct stat status;

  if (fd >= 0) {
    if (fstat (fd, &status) == 0)
      add_claim (&status, fd);
    return fd;
  }
  if (errno == EEXIST)
    fd = open_existing (path, mode);
  if (fd < 0)
    set_error (error, path, errno);
  return fd;
}

gboolean
lec_output_file_claim (const char *path, LecOutputFileMode mode, GError **error)
{
  int fd;

  g_mutex_lock (&mutex);
  fd = open_claimed (path, mode, error);
  g_mutex_unlock (&mutex);
  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

int
lec_output_file_open (const char *path, gboolean *continues, GError **error)
{
  Claim *claim = NULL;
  struct stat status;
  int fd;

  g_mutex_lock (&mutex);
  fd = open_claimed (path, LEC_OUTPUT_FILE_NEW, error);
  if (fd >= 0 && fstat (fd, &status) == 0)
    claim = find_claim (&status);
  *continues = claim != NULL && claim->written;
  if (claim != NULL)
    claim->written = TRUE;
  g_mutex_unlock (&mutex);
  if (fd >= 0)
    lseek (fd, 0, SEEK_END);
  return fd;
}
