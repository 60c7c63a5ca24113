package io.satchel.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generates any text and any JSON that a client could send. */
final class RandomJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RandomJson() {}

  static Arbitrary<JsonNode> json(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            text(0, 10).map(TextNode::new),
            Arbitraries.longs().map(LongNode::new),
            Arbitraries.doubles().map(DoubleNode::new),
            Arbitraries.of(true, false).map(BooleanNode::valueOf),
            Arbitraries.just(NullNode.getInstance()));
    if (depth == 0) {
      return scalars;
    }
    return Arbitraries.oneOf(
        scalars,
        json(depth - 1).list().ofMaxSize(3).map(list -> NODES.arrayNode().addAll(list)),
        text(0, 5).flatMap(name -> with(object(), name, json(depth - 1))));
  }

  /** Generates text of any characters except U+0000 and surrogates, many of them unusual. */
  static Arbitrary<String> text(int min, int max) {
    Arbitrary<String> character =
        Arbitraries.frequencyOf(
            Tuple.of(
                3,
                Arbitraries.integers()
                    .between(1, Character.MAX_CODE_POINT)
                    .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE)
                    .map(Character::toString)),
            Tuple.of(2, Arbitraries.chars().alpha().map(String::valueOf)),
            Tuple.of(
                1,
                Arbitraries.of(
                    "e\u0301",
                    "👩‍👩‍👧",
                    "🏴‍☠️",
                    "مر",
                    "\u202e",
                    "İ",
                    "ß",
                    "'",
                    "\"",
                    "\\",
                    "%",
                    "/",
                    "\n")));
    return character.list().ofMinSize(min).ofMaxSize(max).map(parts -> String.join("", parts));
  }

  static Arbitrary<JsonNode> object() {
    return Arbitraries.create(NODES::objectNode);
  }

  static Arbitrary<JsonNode> with(
      Arbitrary<JsonNode> object, String member, Arbitrary<JsonNode> values) {
    return Combinators.combine(object, values, Arbitraries.of(true, true, true, false))
        .as((node, value, present) ->
            present ? ((ObjectNode) node.deepCopy()).set(member, value) : node);
  }
}
