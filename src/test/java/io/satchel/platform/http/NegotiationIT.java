package io.satchel.platform.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class NegotiationIT extends NegotiationTest {}
