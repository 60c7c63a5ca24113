package io.satchel.accounts.pages;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PagesIT extends PagesTest {}
