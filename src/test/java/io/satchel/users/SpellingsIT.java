package io.satchel.users;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SpellingsIT extends SpellingsTest {}
