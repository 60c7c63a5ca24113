/** Normalisation and case folding of texts (Unicode), domains (IDNA), and paths of URIs. */
package io.satchel.platform.text;
