package io.thetascope.launcher.process;

/** A service that cannot start. */
public final class DyingMain {
    private DyingMain() {}

    public static void main(String[] args) {
        System.out.println("no database at jdbc:nowhere");
        System.exit(3);
    }
}
