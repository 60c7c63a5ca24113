package io.satchel.platform.conditional;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConditionalRequestsIT extends ConditionalRequestsTest {}
