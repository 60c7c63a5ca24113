package io.satchel.auth.tokens;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class TokensIT extends TokensTest {}
