package io.satchel.platform.text;

import static java.util.stream.Collectors.joining;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Converts a search text into what PostgreSQL's {@code websearch_to_tsquery} finds in the search
 * column of items, which the migration makes in the same way: without accents, and with spaces
 * instead of punctuation.
 */
public final class SearchQuery {

  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]");
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{Punct}‐-―‘-‟†‡•‹›«»¡¿·⁄、。「」]");

  /** A phrase or a word, which a minus sign can exclude. */
  private static final Pattern TERM = Pattern.compile("(-?)(?:\"([^\"]*)\"|([^\\s\"]+))");

  /** An "or" beside which there is no term, such as one without words. Terms are in quotes. */
  private static final Pattern DANGLING_OR =
      Pattern.compile("(?i)^(or( |$))+|( or)+$|( or)(?= or )");

  private SearchQuery() {}

  /** Returns the query for a search text. Words that punctuation joins become a phrase. */
  public static String of(String text) {
    String terms =
        TERM.matcher(withoutAccents(text))
            .results()
            .map(SearchQuery::term)
            .filter(term -> !term.isEmpty())
            .collect(joining(" "));
    return DANGLING_OR.matcher(terms).replaceAll("");
  }

  /** Returns a text without accents, as indexes contain it. */
  public static String withoutAccents(String text) {
    return ACCENTS.matcher(Normalizer.normalize(text, Form.NFKD)).replaceAll("");
  }

  private static String term(MatchResult term) {
    if (term.group().equalsIgnoreCase("or")) {
      return term.group();
    }
    String text = term.group(2) == null ? term.group(3) : term.group(2);
    String words = PUNCTUATION.matcher(text).replaceAll(" ").strip();
    return words.isEmpty() ? "" : term.group(1) + '"' + words + '"';
  }
}
