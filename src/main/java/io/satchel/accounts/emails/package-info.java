/** The texts of the e-mails, in {@code src/main/resources/templates/emails}. */
package io.satchel.accounts.emails;
