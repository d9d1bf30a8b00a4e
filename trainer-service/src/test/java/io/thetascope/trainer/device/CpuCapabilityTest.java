package io.thetascope.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuCapabilityTest {
    private static final String CPU_INFO = "processor : 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu fma avx2%s\n";

    @Test
    void readsTheFlagsAsLibtorchDoes() {
        assertThat(CpuCapability.of(CPU_INFO.formatted(" avx512f avx512bw avx512dq avx512vl"), null))
                .isEqualTo("AVX512 GenuineIntel");
        assertThat(CpuCapability.of(CPU_INFO.formatted(" avx512f"), null)).isEqualTo("AVX2 GenuineIntel");
        assertThat(CpuCapability.of("", null)).isEqualTo("DEFAULT unknown maker");
    }

    @Test
    void obeysTheVariableThatLibtorchObeys() {
        assertThat(CpuCapability.of(CPU_INFO.formatted(""), "default")).isEqualTo("DEFAULT GenuineIntel");
    }
}
