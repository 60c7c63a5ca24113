/** When two texts are the same: normalisation and case folding (Unicode), and domains (IDNA). */
package io.satchel.platform.text;
