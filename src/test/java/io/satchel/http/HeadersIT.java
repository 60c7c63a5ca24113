package io.satchel.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HeadersIT extends HeadersTest {}
