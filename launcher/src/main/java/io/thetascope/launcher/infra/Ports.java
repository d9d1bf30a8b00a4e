package io.thetascope.launcher.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** TCP ports on the loopback interface. */
public final class Ports {
    private Ports() {}

    /** The loopback address that everything binds to; the IPv4 one, because broker clients are told it literally. */
    public static final String LOOPBACK = "127.0.0.1";

    /** Returns the port itself, or for 0 one that is free at this moment; another process may still take it. */
    public static int resolve(int port) {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + LOOPBACK, e);
        }
    }

    /** Returns whether nothing listens on this port of the loopback interface. */
    public static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // as the servers do: a connection of a stopped predecessor that still lingers is no obstacle
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
