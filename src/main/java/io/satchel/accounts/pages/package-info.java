/** The pages that the links in e-mails open, unless the operator has others. */
package io.satchel.accounts.pages;
