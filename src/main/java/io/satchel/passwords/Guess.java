package io.satchel.passwords;

import com.nulabinc.zxcvbn.Feedback;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import io.quarkus.runtime.annotations.RegisterResourceBundle;
import io.satchel.http.Problem;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells which passwords would be guessed soon, by zxcvbn's estimate of the guesses it takes. */
@RegisterResourceBundle(bundleName = "com.nulabinc.zxcvbn.messages") // what zxcvbn says of them
public final class Guess {

  /** What somebody can try over the network, in spite of what slows them down. */
  private static final double MIN_GUESSES = 1e6;

  /** The same for what is left without the words that anybody would try on this user first. */
  private static final double MIN_GUESSES_BESIDES_OWN_WORDS = 1e4;

  private static final String OWN_WORDS = "must not be made of your own name or e-mail address";
  private static final String TOO_EASY = "is easy to guess.";

  /**
   * How many characters are estimated, from the start: those that make it hardest take as long as a
   * hash does, and twice as many would take ten times as long.
   */
  private static final int MAX_ESTIMATED = 20;

  private static final int MIN_OWN_WORD = 3;
  private static final int MAX_OWN_WORD = 254;
  private static final int MAX_OWN_WORDS = 20;

  /** What joins a word to another: it is nothing without. */
  private static final Pattern EDGES = Pattern.compile("^[\\p{P}\\p{S}\\s]+|[\\p{P}\\p{S}\\s]+$");

  private static final Zxcvbn ZXCVBN = new Zxcvbn();

  private Guess() {}

  /**
   * Why a password would be guessed soon, in words for the person who chose it; nothing if it would
   * not.
   *
   * @param ownWords what is known of that person: names, addresses; null for what is not
   * @throws Problem when so many others wait for a core that it would take seconds
   */
  public static Optional<String> weaknessOf(String password, String... ownWords) {
    List<String> own =
        Stream.of(ownWords)
            .filter(words -> words != null && words.length() <= MAX_OWN_WORD)
            .flatMap(Guess::wordsOf)
            .distinct()
            .limit(MAX_OWN_WORDS)
            .toList();
    return Cores.use(() -> weakness(Password.normalized(password), own));
  }

  private static Optional<String> weakness(String password, List<String> own) {
    String rest = password;
    for (String word : own) {
      rest =
          Pattern.compile(Pattern.quote(word), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(rest)
              .replaceAll("");
    }
    if (!rest.equals(password)
        && estimate(EDGES.matcher(rest).replaceAll(""), own).getGuesses()
            < MIN_GUESSES_BESIDES_OWN_WORDS) {
      return Optional.of(OWN_WORDS);
    }
    Strength strength = estimate(password, own);
    return strength.getGuesses() < MIN_GUESSES
        ? Optional.of(inWords(strength.getFeedback()))
        : Optional.empty();
  }

  private static Strength estimate(String password, List<String> own) {
    int end = Math.min(password.codePointCount(0, password.length()), MAX_ESTIMATED);
    return ZXCVBN.measure(password.substring(0, password.offsetByCodePoints(0, end)), own);
  }

  private static String inWords(Feedback feedback) {
    String warning = feedback.getWarning(Locale.ENGLISH);
    return Stream.concat(
            Stream.of(warning.isEmpty() ? TOO_EASY : warning),
            feedback.getSuggestions(Locale.ENGLISH).stream())
        .reduce((first, second) -> first + " " + second)
        .orElseThrow();
  }

  /** A name and its parts; of an e-mail address, what is on either side of the @ too. */
  private static Stream<String> wordsOf(String own) {
    String name = Normalizer.normalize(own, Normalizer.Form.NFC);
    String local = name.replaceFirst("@.*", "");
    String domain = name.replaceFirst("[^@]*@?", "");
    return Stream.concat(Stream.of(name, local, domain), Stream.of(local.split("[\\s._+-]+")))
        .filter(word -> word.length() >= MIN_OWN_WORD);
  }
}
