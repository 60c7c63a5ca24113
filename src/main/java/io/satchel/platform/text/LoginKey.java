package io.satchel.platform.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;

/**
 * What two spellings of one e-mail address, or of one username, have in common. Whatever is unique,
 * looked up, locked or limited by them uses it.
 */
public final class LoginKey {

  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

  private LoginKey() {}

  /**
   * Returns the key: NFC and the default case folding of a username or of the local part of an
   * address, and the A-labels of its domain (UTS #46). A domain without A-labels is folded too.
   */
  public static String of(String login) {
    int at = login.lastIndexOf('@');
    if (at < 0) {
      return fold(login);
    }
    String domain = login.substring(at + 1);
    return fold(login.substring(0, at))
        + '@'
        + Domains.toAscii(domain).orElseGet(() -> fold(domain));
  }

  /** Folding can undo the normalisation, so that it is done again. */
  private static String fold(String text) {
    return NFC.normalize(UCharacter.foldCase(NFC.normalize(text), true));
  }
}
