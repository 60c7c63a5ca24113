package io.satchel.platform.pagination;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PaginationIT extends PaginationTest {}
