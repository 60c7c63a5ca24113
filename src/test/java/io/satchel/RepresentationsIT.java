package io.satchel;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RepresentationsIT extends RepresentationsTest {}
