package io.thetascope.launcher.process;

/**
 * A child process as it is now.
 *
 * @param name as in its spec
 * @param pid of the process that runs now
 */
public record RunningChild(String name, long pid) {}
