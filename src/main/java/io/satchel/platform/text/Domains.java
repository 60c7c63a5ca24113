package io.satchel.platform.text;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Internationalised domain names (UTS #46, nontransitional). */
public final class Domains {

  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

  /** DNS has labels with hyphens anywhere (UTS #46, CheckHyphens=false). */
  private static final Set<IDNA.Error> HYPHENS =
      EnumSet.of(IDNA.Error.HYPHEN_3_4, IDNA.Error.LEADING_HYPHEN, IDNA.Error.TRAILING_HYPHEN);

  private Domains() {}

  /** Returns the A-labels of a domain (RFC 5890), or nothing if it has none. */
  public static Optional<String> toAscii(String domain) {
    IDNA.Info info = new IDNA.Info();
    String ascii = UTS46.nameToASCII(domain, new StringBuilder(), info).toString();
    return HYPHENS.containsAll(info.getErrors()) ? Optional.of(ascii) : Optional.empty();
  }
}
