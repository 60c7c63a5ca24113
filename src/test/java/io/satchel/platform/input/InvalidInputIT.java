package io.satchel.platform.input;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class InvalidInputIT extends InvalidInputTest {}
