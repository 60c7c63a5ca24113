/** What users see and do about their account: its sessions, and a copy of its data. */
package io.satchel.accounts;
