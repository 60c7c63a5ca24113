package io.satchel.auth.passwords;

import static java.util.stream.Collectors.joining;

import com.nulabinc.zxcvbn.Feedback;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import io.quarkus.runtime.annotations.RegisterResourceBundle;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Estimates how many guesses a password withstands, with zxcvbn. */
@RegisterResourceBundle(bundleName = "com.nulabinc.zxcvbn.messages")
public final class PasswordStrength {

  /** More guesses than anyone can make over the network, in spite of rate limits. */
  private static final double MIN_GUESSES = 1e6;

  /** The minimum for the rest of a password that contains personal words. */
  private static final double MIN_GUESSES_WITHOUT_PERSONAL_WORDS = 1e4;

  private static final String PERSONAL = "must not be made of your own name or e-mail address";
  private static final String EASY = "is easy to guess.";

  /**
   * Estimating the first 20 characters takes as long as a hash; 40 would take ten times as long.
   */
  private static final int MAX_ESTIMATED_CHARACTERS = 20;

  private static final int MIN_WORD_LENGTH = 3;
  private static final int MAX_TEXT_LENGTH = 254;
  private static final int MAX_WORDS = 20;

  /** Punctuation around a word, which adds nothing to the strength. */
  private static final Pattern OUTER_PUNCTUATION =
      Pattern.compile("^[\\p{P}\\p{S}\\s]+|[\\p{P}\\p{S}\\s]+$");

  private static final Zxcvbn ZXCVBN = new Zxcvbn();

  private PasswordStrength() {}

  /**
   * Returns why a password is easy to guess, in words for the user, or nothing if it is not.
   *
   * @param personalTexts names and addresses of the user; they can be null
   * @throws ProblemException 503 if too many requests wait for a hash
   */
  public static Optional<String> findWeakness(String password, String... personalTexts) {
    List<String> words =
        Stream.of(personalTexts)
            .filter(text -> text != null && text.length() <= MAX_TEXT_LENGTH)
            .flatMap(PasswordStrength::wordsOf)
            .distinct()
            .limit(MAX_WORDS)
            .toList();
    return HashingBulkhead.call(
        "estimate password strength", () -> findWeakness(PasswordHash.normalize(password), words));
  }

  private static Optional<String> findWeakness(String password, List<String> personalWords) {
    String rest = password;
    for (String word : personalWords) {
      rest =
          Pattern.compile(Pattern.quote(word), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(rest)
              .replaceAll("");
    }
    if (!rest.equals(password)) {
      String core = OUTER_PUNCTUATION.matcher(rest).replaceAll("");
      if (estimate(core, personalWords).getGuesses() < MIN_GUESSES_WITHOUT_PERSONAL_WORDS) {
        return Optional.of(PERSONAL);
      }
    }
    Strength strength = estimate(password, personalWords);
    return strength.getGuesses() < MIN_GUESSES
        ? Optional.of(toText(strength.getFeedback()))
        : Optional.empty();
  }

  private static Strength estimate(String password, List<String> personalWords) {
    int end = Math.min(password.codePointCount(0, password.length()), MAX_ESTIMATED_CHARACTERS);
    String start = password.substring(0, password.offsetByCodePoints(0, end));
    return ZXCVBN.measure(start, personalWords);
  }

  private static String toText(Feedback feedback) {
    String warning = feedback.getWarning(Locale.ENGLISH);
    return Stream.concat(
            Stream.of(warning.isEmpty() ? EASY : warning),
            feedback.getSuggestions(Locale.ENGLISH).stream())
        .collect(joining(" "));
  }

  /** Returns a text, its parts, and the parts of an e-mail address before and after the @. */
  private static Stream<String> wordsOf(String text) {
    String name = Normalizer.normalize(text, Normalizer.Form.NFC);
    String local = name.replaceFirst("@.*", "");
    String domain = name.replaceFirst("[^@]*@?", "");
    return Stream.concat(Stream.of(name, local, domain), Stream.of(local.split("[\\s._+-]+")))
        .filter(word -> word.length() >= MIN_WORD_LENGTH);
  }
}
