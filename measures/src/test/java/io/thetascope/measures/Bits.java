package io.thetascope.measures;

import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Evidence in memory. */
public final class Bits implements Evidence {
    private final Map<Bit, Map<String, byte[]>> bits = new EnumMap<>(Bit.class);

    /** Fills every bit by its position in the whole network. */
    public interface Fill {
        boolean at(Bit bit, Parameter parameter, int index);
    }

    public static Bits of(NetworkDescription network, Fill fill) {
        Bits evidence = new Bits();
        for (Bit bit : Bit.values()) {
            Map<String, byte[]> tensors = new HashMap<>();
            for (Parameter parameter : network.parameters()) {
                byte[] octets = new byte[Math.toIntExact((parameter.size() + 7) / 8)];
                for (int i = 0; i < parameter.size(); i++) {
                    octets[i / 8] |= (byte) ((fill.at(bit, parameter, i) ? 1 : 0) << i % 8);
                }
                tensors.put(parameter.name(), octets);
            }
            evidence.bits.put(bit, tensors);
        }
        return evidence;
    }

    @Override
    public void read(Parameter parameter, Bit bit, long from, byte[] into, int count) {
        byte[] octets = bits.getOrDefault(bit, Map.of()).getOrDefault(parameter.name(), new byte[0]);
        System.arraycopy(octets, Math.toIntExact(from / 8), into, 0, (count + 7) / 8);
    }
}
