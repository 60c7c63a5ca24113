package io.satchel.accounts.pages;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusIntegrationTest
@Execution(ExecutionMode.SAME_THREAD)
class PagesIT extends PagesTest {}
