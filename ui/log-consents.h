/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* To which servers logs are sent, as the viewer has answered them, and may change it. */
#pragma once

#include <adwaita.h>

#include "play/logger.h"

G_BEGIN_DECLS

/* Returns: (transfer floating): a group of preferences */
GtkWidget *lec_log_consents_new (LecLogger *logger);

G_END_DECLS
