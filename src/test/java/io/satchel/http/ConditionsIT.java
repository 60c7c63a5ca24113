package io.satchel.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConditionsIT extends ConditionsTest {}
