package io.thetascope.gateway.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Adds the roles that follow: an operator is a viewer, and at an open gateway everybody is both. */
@Singleton
final class GivenRoles implements SecurityIdentityAugmentor {
    private final Admission admission;

    @Inject
    GivenRoles(Admission admission) {
        this.admission = admission;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        boolean everything = identity.isAnonymous() ? admission.open() : identity.hasRole(Role.OPERATOR);
        return Uni.createFrom()
                .item(
                        everything
                                ? QuarkusSecurityIdentity.builder(identity)
                                        .addRoles(Role.EVERY)
                                        .build()
                                : identity);
    }
}
