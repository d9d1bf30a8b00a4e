package io.thetascope.gateway.settings;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.thetascope.gateway.database.Database;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Picks the active one of the two databases; the profile {@code postgresql} switches. */
final class DatabaseChoice {
    @Produces
    @Singleton
    Database database(
            @DataSource("h2") InjectableInstance<AgroalDataSource> h2,
            @DataSource("postgresql") InjectableInstance<AgroalDataSource> postgresql) {
        boolean embedded = h2.getHandle().getBean().isActive();
        return new Database(embedded ? h2.get() : postgresql.get());
    }
}
