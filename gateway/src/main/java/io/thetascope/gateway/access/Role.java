package io.thetascope.gateway.access;

import java.util.Set;

/** The two roles, as tokens and annotations name them. */
public final class Role {
    /** May read, and plan what is not accepted. */
    public static final String VIEWER = "viewer";
    /** May change things too; an operator is a viewer. */
    public static final String OPERATOR = "operator";

    static final Set<String> EVERY = Set.of(VIEWER, OPERATOR);

    private Role() {}
}
