/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An entry for an address and a button: activates `win.open-location` with the text. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_ADDRESS_FORM (lec_address_form_get_type ())
G_DECLARE_FINAL_TYPE (LecAddressForm, lec_address_form, LEC, ADDRESS_FORM, GtkWidget)

G_END_DECLS
