/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/error-message.h"

#include "channel/error.h"

/* What of GStreamer's own errors comes closest. */
static int
to_resource_error (LecError error)
{
  switch (error) {
  case LEC_ERROR_MALFORMED:
    return GST_RESOURCE_ERROR_READ;
  case LEC_ERROR_UNSUPPORTED:
    return GST_RESOURCE_ERROR_SETTINGS;
  case LEC_ERROR_SILENT:
  case LEC_ERROR_NEEDS_SOURCE:
    return GST_RESOURCE_ERROR_NOT_FOUND;
  case LEC_ERROR_TOO_MUCH:
  case LEC_ERROR_LOW_PORT:
    return GST_RESOURCE_ERROR_NOT_AUTHORIZED;
  case LEC_ERROR_PORT_HELD:
    return GST_RESOURCE_ERROR_BUSY;
  case LEC_ERROR_JOIN_LIMIT:
    return GST_RESOURCE_ERROR_NO_SPACE_LEFT;
  case LEC_ERROR_UNREACHABLE:
  case LEC_ERROR_NONE:
  default:
    return GST_RESOURCE_ERROR_OPEN_READ;
  }
}

void
lec_error_message_post (GstElement *element, const GError *error)
{
  const LecError code = lec_error_get_code (error);

  gst_element_message_full_with_details (
      element, GST_MESSAGE_ERROR, GST_RESOURCE_ERROR, to_resource_error (code),
      g_strdup (error->message), NULL, __FILE__, G_STRFUNC, __LINE__,
      gst_structure_new ("lectern-error", "code", G_TYPE_INT, (int) code, NULL));
}
