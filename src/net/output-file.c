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
  gboolean made;   /* by this process: nothing was there before */
  gboolean opened; /* somebody writes to it, or has */
  gboolean stale;  /* what is there is of before, and goes when something else is written */
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

/* Called with the mutex held. @was_there: whether there was such a file */
static void
add_claim (const struct stat *status, int fd, gboolean was_there)
{
  const Claim claim = { .device = status->st_dev,
                        .inode = status->st_ino,
                        .fd = fcntl (fd, F_DUPFD_CLOEXEC, 0),
                        .made = !was_there,
                        .stale = was_there };

  if (claims == NULL)
    claims = g_array_new (FALSE, FALSE, sizeof (Claim));
  g_array_append_val (claims, claim);
}

/* Called with the mutex held. */
static void
remove_claim (Claim *claim)
{
  close (claim->fd);
  g_array_remove_index_fast (claims, (guint) (claim - (Claim *) claims->data));
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
  Claim *claim;

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    return fd;
  claim = find_claim (&status);
  if (claim != NULL || mode == LEC_OUTPUT_FILE_OVERWRITE) {
    if (claim == NULL)
      add_claim (&status, fd, TRUE);
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
      add_claim (&status, fd, FALSE);
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

gboolean
lec_output_file_replace (const char *path, GError **error)
{
  struct stat status;
  Claim *claim;
  int fd;

  g_mutex_lock (&mutex);
  fd = open_claimed (path, LEC_OUTPUT_FILE_OVERWRITE, error);
  claim = fd >= 0 && fstat (fd, &status) == 0 ? find_claim (&status) : NULL;
  if (claim != NULL) {
    claim->opened = FALSE;
    claim->stale = TRUE;
  }
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
  *continues = claim != NULL && claim->opened;
  if (claim != NULL)
    claim->opened = TRUE;
  if (fd >= 0 && (claim == NULL || !claim->stale))
    lseek (fd, 0, SEEK_END);
  g_mutex_unlock (&mutex);
  return fd;
}

void
lec_output_file_begin (int fd)
{
  struct stat status;
  Claim *claim;

  g_mutex_lock (&mutex);
  claim = fstat (fd, &status) == 0 ? find_claim (&status) : NULL;
  if (claim != NULL && claim->stale && ftruncate (fd, 0) == 0)
    claim->stale = FALSE;
  g_mutex_unlock (&mutex);
}

/* Not what has another file's name by now. */
void
lec_output_file_discard (const char *path)
{
  struct stat status;
  Claim *claim;

  g_mutex_lock (&mutex);
  claim = lstat (path, &status) == 0 ? find_claim (&status) : NULL;
  if (claim != NULL && claim->made && status.st_size == 0) {
    unlink (path);
    remove_claim (claim);
  } else if (claim != NULL && claim->stale) {
    claim->opened = FALSE;
  }
  g_mutex_unlock (&mutex);
}
