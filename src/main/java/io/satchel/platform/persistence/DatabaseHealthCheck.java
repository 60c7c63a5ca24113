package io.satchel.platform.persistence;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Checks the database with a new connection, unlike the check of Quarkus, so that a replica whose
 * pool is used up stays ready.
 */
@Readiness
class DatabaseHealthCheck implements HealthCheck {

  @Inject AgroalDataSource database;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("Database connection").status(isHealthy()).build();
  }

  private boolean isHealthy() {
    try {
      return database.isHealthy(true);
    } catch (SQLException e) {
      return false;
    }
  }
}
