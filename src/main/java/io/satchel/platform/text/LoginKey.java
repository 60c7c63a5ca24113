package io.satchel.platform.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
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

  /** Returns whether two texts are spellings of the same login. */
  public static boolean isSame(String one, String other) {
    return of(one).equals(of(other));
  }

  /**
   * Folding can undo the normalisation, so that it is done again. Characters that are not shown
   * (Default_Ignorable_Code_Point) make no difference.
   */
  private static String fold(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .filter(character ->
            !UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT))
        .forEach(visible::appendCodePoint);
    return NFC.normalize(UCharacter.foldCase(NFC.normalize(visible), true));
  }
}
