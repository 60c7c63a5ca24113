package io.satchel.auth.keys;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;

@RunOnVirtualThread
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tokens")
class SigningKeysResource {

  /** A new key must be published for longer than this before it signs. */
  private static final String CACHE_CONTROL = "public, max-age=300";

  @Inject SigningKeys keys;

  /** A JSON Web Key Set (RFC 7517, section 5). */
  @Schema(name = "SigningKeys")
  record KeySet(List<Key> keys) {}

  /** An RSA public key (RFC 7517, section 4; RFC 7518, section 6.3.1). */
  @Schema(name = "SigningKey")
  record Key(
      @Schema(examples = "RSA") String kty,
      @Schema(examples = "sig") String use,
      @Schema(examples = "RS256") String alg,
      @Schema(
              description = "The thumbprint of the key (RFC 7638).",
              examples = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
          String kid,
      @Schema(
              description = "The modulus.",
              examples =
                  "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw")
          String n,
      @Schema(description = "The exponent.", examples = "AQAB") String e) {

    static Key of(RsaJsonWebKey key) {
      Map<String, Object> members = key.toParams(OutputControlLevel.PUBLIC_ONLY);
      return new Key(
          key.getKeyType(),
          key.getUse(),
          key.getAlgorithm(),
          key.getKeyId(),
          (String) members.get("n"),
          (String) members.get("e"));
    }
  }

  @GET
  @PermitAll
  @Operation(
      operationId = "getSigningKeys",
      summary = "Get the public keys of access tokens",
      description =
          "Returns the keys with which other services can verify access tokens, as a JSON Web Key"
              + " Set. Anyone may call it. A key is published before it signs, so the response can"
              + " be cached as its Cache-Control header says.")
  public RestResponse<KeySet> get() {
    return ResponseBuilder.ok(new KeySet(keys.publicKeys().stream().map(Key::of).toList()))
        .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
        .build();
  }
}
