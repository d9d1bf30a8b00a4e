package io.thetascope.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every operation × every kind of caller. */
@QuarkusTest
@TestProfile(Guarded.class)
class AccessMatrixIT {
    private static final int FEWEST_OPERATIONS = 25;
    private static final Set<String> NOBODY = Set.of();

    /**
     * A kind of caller.
     *
     * @param token what it shows; absent when nothing
     * @param known whether the gateway knows it
     * @param roles that it has
     */
    private record Caller(@Nullable String token, boolean known, Set<String> roles) {
        int refusal() {
            return known ? 403 : 401;
        }
    }

    private static Map<String, Caller> callers() {
        IssuedTokens issuer = IssuedTokens.ofIssuer();
        Map<String, Caller> callers = new LinkedHashMap<>();
        callers.put("no token", new Caller(null, false, NOBODY));
        callers.put("garbage", new Caller("garbage", false, NOBODY));
        callers.put("almost a JWT", new Caller("eyJhbGciOiJub25lIn0.e30.", false, NOBODY));
        callers.put("expired", new Caller(issuer.expired(Role.OPERATOR), false, NOBODY));
        callers.put("forged", new Caller(IssuedTokens.forged().with(Role.OPERATOR), false, NOBODY));
        callers.put("of another", new Caller(IssuedTokens.ofAnother().with(Role.OPERATOR), false, NOBODY));
        callers.put("for another", new Caller(issuer.forAnother(Role.OPERATOR), false, NOBODY));
        callers.put("without a role", new Caller(issuer.with(), true, NOBODY));
        callers.put("with another role", new Caller(issuer.with("admin"), true, NOBODY));
        callers.put("viewer", new Caller(issuer.with(Role.VIEWER), true, Set.of(Role.VIEWER)));
        callers.put("operator", new Caller(issuer.with(Role.OPERATOR), true, Role.EVERY));
        callers.put("almost static", new Caller(Guarded.OPERATOR_TOKEN + "0", false, NOBODY));
        callers.put("static viewer", new Caller(Guarded.VIEWER_TOKEN, true, Set.of(Role.VIEWER)));
        callers.put("static operator", new Caller(Guarded.OPERATOR_TOKEN, true, Role.EVERY));
        return callers;
    }

    @Test
    void everyOperationDeclaresItsRole() {
        List<Operations.Operation> served = Operations.served();
        assertThat(served).hasSizeGreaterThanOrEqualTo(FEWEST_OPERATIONS);
        assertThat(served)
                .allSatisfy(operation -> assertThat(operation.roles())
                        .as("%s: @RolesAllowed on the resource method", operation)
                        .containsExactly(operation.role()));
    }

    @Test
    void everyOperationIsRefusedToWhoHasNotItsRoleAndToNobodyElse() {
        List<String> wrong = new ArrayList<>();
        Set<String> unknownAreTold = new HashSet<>();
        Map<String, Caller> callers = callers();
        for (Operations.Operation operation : Operations.served()) {
            callers.forEach((name, caller) -> {
                Response answer = operation.send(caller.token());
                int status = answer.statusCode();
                boolean allowed = caller.roles().contains(operation.role());
                boolean right = allowed ? status < 500 && status != 401 && status != 403 : status == caller.refusal();
                if (!right) {
                    wrong.add(operation + " by " + name + ": " + status);
                }
                if (!allowed) {
                    assertThat(answer.contentType())
                            .as("%s by %s", operation, name)
                            .startsWith("application/problem+json");
                }
                if (status == 401) {
                    unknownAreTold.add(answer.header("WWW-Authenticate") + answer.asString());
                }
            });
        }
        assertThat(wrong).isEmpty();
        assertThat(unknownAreTold)
                .hasSize(1)
                .allSatisfy(told -> assertThat(told).startsWith("Bearer{"));
    }
}
