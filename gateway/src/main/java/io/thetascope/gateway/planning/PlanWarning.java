package io.thetascope.gateway.planning;

/**
 * Something that a study may do, but that its reader should know before.
 *
 * @param code for programs
 * @param message for people
 */
public record PlanWarning(String code, String message) {}
