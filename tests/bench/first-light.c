/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Starts a program and says when something of it is seen on the X display.
 *
 *   first-light SECONDS COMMAND...
 *
 * Prints, in monotonic microseconds, `started US`, `window US` when the display is not as it was,
 * and `picture US` when much of it is magenta; ends COMMAND then, or after SECONDS. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define EVERY_US 2000
#define GRID 40 /* [pixels] between those that are looked at */
#define POINTS 4096
#define ENOUGH 20  /* points that make a picture */
#define STRONG 180 /* a colour */
#define WEAK 90

typedef struct
{
  unsigned long points[POINTS];
  guint count;
} Look;

static void
look (Display *display, Look *look)
{
  const int width = DisplayWidth (display, 0), height = DisplayHeight (display, 0);
  XImage *image = XGetImage (display, DefaultRootWindow (display), 0, 0, (unsigned) width,
                             (unsigned) height, AllPlanes, ZPixmap);

  look->count = 0;
  for (int y = GRID / 2; y < height; y += GRID)
    for (int x = GRID / 2; x < width && look->count < POINTS; x += GRID)
      look->points[look->count++] = XGetPixel (image, x, y) & 0xffffff;
  XDestroyImage (image);
}

static gboolean
is_picture (const Look *look)
{
  guint found = 0;

  for (guint i = 0; i < look->count; i++)
    found += (look->points[i] >> 16) > STRONG && (look->points[i] >> 8 & 0xff) < WEAK
             && (look->points[i] & 0xff) > STRONG;
  return found >= ENOUGH;
}

static gboolean
is_same (const Look *one, const Look *other)
{
  for (guint i = 0; i < one->count; i++)
    if (one->points[i] != other->points[i])
      return FALSE;
  return TRUE;
}

static void
watch (Display *display, double seconds, const Look *before)
{
  const gint64 began_us = g_get_monotonic_time ();
  gboolean has_window = FALSE;
  Look now;

  printf ("started %" G_GINT64_FORMAT "\n", began_us);
  while ((double) (g_get_monotonic_time () - began_us) < seconds * G_USEC_PER_SEC) {
    look (display, &now);
    if (!has_window && !is_same (before, &now)) {
      has_window = TRUE;
      printf ("window %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
    }
    if (is_picture (&now)) {
      printf ("picture %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
      return;
    }
    g_usleep (EVERY_US);
  }
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  Look before;
  pid_t child;

  if (argc < 3 || display == NULL)
    return 2;
  look (display, &before);
  child = fork ();
  if (child == 0) {
    setpgid (0, 0);
    execvp (argv[2], argv + 2);
    _exit (127);
  }
  setpgid (child, child);
  watch (display, atof (argv[1]), &before);
  kill (-child, SIGTERM);
  g_usleep (G_USEC_PER_SEC / 3);
  kill (-child, SIGKILL);
  waitpid (child, NULL, 0);
  XCloseDisplay (display);
  return 0;
}
