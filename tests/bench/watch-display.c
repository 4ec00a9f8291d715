/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Says when the middle of an X display turns white: who looks at it sees it then.
 *
 *   watch-display SECONDS
 *
 * Prints `seen US`, monotonic time, for each time that it does. Looks a thousand times a second. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#define EVERY_US 1000
#define SIDE 4      /* [pixels] of what is looked at */
#define BRIGHT 0x90 /* each colour of white is brighter, and of black is not */

static gboolean
is_white (Display *display, int x, int y)
{
  XImage *image
      = XGetImage (display, DefaultRootWindow (display), x, y, SIDE, SIDE, AllPlanes, ZPixmap);
  unsigned long pixel;

  if (image == NULL)
    return FALSE;
  pixel = XGetPixel (image, SIDE / 2, SIDE / 2);
  XDestroyImage (image);
  return (pixel >> 16 & 0xff) > BRIGHT && (pixel >> 8 & 0xff) > BRIGHT && (pixel & 0xff) > BRIGHT;
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  const gint64 began_us = g_get_monotonic_time ();
  gboolean was_white = TRUE; /* a white window that opens is no flash */

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc != 2 || display == NULL)
    return 2;
  while (g_get_monotonic_time () - began_us < atoi (argv[1]) * G_TIME_SPAN_SECOND) {
    const gboolean white
        = is_white (display, DisplayWidth (display, 0) / 2, DisplayHeight (display, 0) / 2);

    if (white && !was_white)
      printf ("seen %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
    was_white = white;
    g_usleep (EVERY_US);
  }
  XCloseDisplay (display);
  return 0;
}
