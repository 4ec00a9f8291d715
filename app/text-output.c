/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is there, and is no file that could be replaced. */
static gboolean
is_device (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && !S_ISREG (status.st_mode);
}

/* Returns: 0, or the number of the error (errno) */
static int
write_in_place (const char *path, const char *text)
{
  const int fd = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  const gsize length = strlen (text);
  int number = 0;

  if (fd < 0)
    return errno;
  for (gsize done = 0; done < length && number == 0;) {
    const gssize written = write (fd, text + done, length - done);

    if (written >= 0)
      done += (gsize) written;
    else if (errno != EINTR)
      number = errno;
  }
  return close (fd) != 0 && number == 0 ? errno : number;
}

/* GLib names the temporary file, of which the user knows nothing, and then the reason. Returns:
 * (nullable) */
static const char *
find_reason (const char *message)
{
  const char *colon = strrchr (message, ':');

  return colon != NULL ? colon + strspn (colon, ": ") : NULL;
}

gboolean
lec_text_output_write (const char *path, const char *text, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GError) failure = NULL;
  const char *reason;

  if (is_device (path)) {
    const int number = write_in_place (path, text);

    if (number == 0)
      return TRUE;
    g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (number),
                 _ ("Cannot write %1$s: %2$s"), name, g_strerror (number));
    return FALSE;
  }
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &failure))
    return TRUE;
  reason = find_reason (failure->message);
  if (reason != NULL)
    g_set_error (error, G_FILE_ERROR, failure->code, _ ("Cannot write %1$s: %2$s"), name, reason);
  else
    g_set_error (error, G_FILE_ERROR, failure->code, _ ("Cannot write %s"), name);
  return FALSE;
}

gboolean
lec_text_output_end (const char *program)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_printerr ("%s: %s\n", program, _ ("the text cannot be written to standard output"));
  return FALSE;
}
