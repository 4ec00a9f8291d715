/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Channels and errors as the programs print them with --json. Absent facts are absent keys. */
#pragma once

#include <json-glib/json-glib.h>

#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_channel_to_json:
 *
 * Returns: (transfer full): the promises of @channel
 */
JsonObject *lec_channel_to_json (const LecChannel *channel) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_error_to_json:
 *
 * Returns: (transfer full): `{"code":"malformed","message":"one plain sentence"}`
 */
JsonObject *lec_error_to_json (const GError *error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_json_print:
 * @object: (transfer none)
 *
 * Returns: (transfer full): one line of valid UTF-8, without the line end
 */
char *lec_json_print (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
