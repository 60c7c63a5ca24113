package io.satchel.platform.idempotency;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class IdempotentRequestsIT extends IdempotentRequestsTest {}
