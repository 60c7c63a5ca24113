package io.satchel.retries;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RepetitionsIT extends RepetitionsTest {}
