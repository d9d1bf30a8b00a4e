package io.thetascope.artifacts.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileHeaderTest {
    private static final String GOOD = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[8,11]}}";

    @Test
    void readsAGoodHeader() {
        SafetensorsHeader header = read(file(GOOD, 11));

        assertThat(header.tensors()).extracting(TensorEntry::name).containsExactly("a", "b");
        assertThat(header.fileOffset(header.tensors().get(1))).isEqualTo(8 + GOOD.length() + 8);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("{\"a\":" + tensor("F32", "[2]", "[0,8]") + "}", 9, "end at byte 8"),
                Arguments.of("{\"a\":" + tensor("F32", "[2]", "[0,8]") + "}", 7, "end at byte 8"),
                Arguments.of("{\"a\":" + tensor("F32", "[2]", "[4,12]") + "}", 12, "hole"),
                Arguments.of(two("[0,4]", "[2,6]"), 6, "overlaps"),
                Arguments.of(two("[0,4]", "[0,4]"), 4, "overlaps"),
                Arguments.of(two("[0,4]", "[5,9]"), 9, "hole"),
                Arguments.of("{\"a\":" + tensor("F32", "[3]", "[0,8]") + "}", 8, "'a': offsets 0..8 do not hold"),
                Arguments.of("{\"a\":" + tensor("F32", "[2]", "[8,0]") + "}", 8, "do not hold"),
                Arguments.of("{\"a\":" + tensor("F32", "[-2]", "[0,8]") + "}", 8, "whole numbers"),
                Arguments.of("{\"a\":" + tensor("F32", "[2.0]", "[0,8]") + "}", 8, "whole numbers"),
                Arguments.of("{\"a\":" + tensor("F32", "[null]", "[0,8]") + "}", 8, "whole numbers"),
                Arguments.of("{\"a\":" + tensor("F32", "[4294967296,4294967296]", "[0,0]") + "}", 0, "overflows"),
                Arguments.of("{\"a\":" + tensor("F64", "[2305843009213693952]", "[0,0]") + "}", 0, "overflows"),
                Arguments.of("{\"a\":" + tensor("U8", "[18446744073709551616]", "[0,0]") + "}", 0, "range"),
                Arguments.of("{\"a\":" + tensor("U8", "[" + "1,".repeat(40) + "1]", "[0,1]") + "}", 1, "more than 16"),
                Arguments.of("{\"a\":" + tensor("F33", "[2]", "[0,8]") + "}", 8, "unknown dtype 'F33'"),
                Arguments.of("{\"a\":" + tensor("f32", "[2]", "[0,8]") + "}", 8, "unknown dtype"),
                Arguments.of("{\"a\":" + tensor("F32", "[2]", "[0,8,16]") + "}", 8, "more than 2"),
                Arguments.of("{\"a\":" + tensor("F32", "[2]", "[8]") + "}", 8, "two data_offsets"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "lacks"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"x\":1}}", 8, "unknown key 'x'"),
                Arguments.of("{\"a\":3}", 8, "'a' must be"),
                Arguments.of(
                        "{\"a\":" + tensor("U8", "[1]", "[0,1]") + ",\"a\":" + tensor("U8", "[1]", "[1,2]") + "}",
                        2,
                        "Duplicate field 'a'"),
                Arguments.of(
                        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"shape\":[1],\"data_offsets\":[0,1]}}",
                        1,
                        "Duplicate"),
                Arguments.of("{\"__metadata__\":{\"k\":\"v\",\"k\":\"w\"}}", 0, "Duplicate"),
                Arguments.of("{\"__metadata__\":{\"k\":1}}", 0, "'__metadata__.k' must be"),
                Arguments.of("{\"__metadata__\":{\"k\":{\"l\":\"v\"}}}", 0, "must be"),
                Arguments.of("{\"__metadata__\":[]}", 0, "must be"),
                Arguments.of("[1,2]", 0, "does not begin with '{'"),
                Arguments.of(" {}", 0, "does not begin with '{'"),
                Arguments.of("{}{}", 0, "goes on"),
                Arguments.of("{} x", 0, "bad JSON"),
                Arguments.of("{\"a\":", 0, "bad JSON"),
                Arguments.of("{" + "\"a\":{".repeat(400), 0, ""),
                Arguments.of("{}", 1, "end at byte 0"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesHeadersThatBreakARule(String header, int dataBytes, String reason) {
        assertThatThrownBy(() -> read(file(header, dataBytes)))
                .isInstanceOf(MalformedSafetensorsException.class)
                .hasMessageStartingWith("upload.bin: ")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("write the file again with a safetensors library");
    }

    @Test
    void refusesHeadersThatAreNotUtf8() {
        byte[] utf16 = GOOD.getBytes(StandardCharsets.UTF_16LE);
        byte[] latin = "{\"\u00e9\":1}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(file(utf16, 11))).isInstanceOf(MalformedSafetensorsException.class);
        assertThatThrownBy(() -> read(file(latin, 0))).hasMessageContaining("not UTF-8");
    }

    @Test
    void believesNoLengthThatTheFileCannotHold() {
        for (long claimed : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 3, 100_000_000}) {
            byte[] bytes = file(GOOD, 11);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed);
            assertThatThrownBy(() -> read(bytes)).isInstanceOf(MalformedSafetensorsException.class);
        }
    }

    @Test
    void reservesNoMemoryForALengthBeyondTheLimit() {
        byte[] start = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(1L << 40)
                .array();

        assertThatThrownBy(() -> SafetensorsHeader.read(new ByteArrayInputStream(start), 1L << 41, "upload.bin"))
                .hasMessageContaining("at most " + SafetensorsHeader.MAX_BYTES);
    }

    @Test
    void refusesTooManyTensors() {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 20_001; i++) {
            header.append(i == 0 ? "" : ",").append('"').append(i).append("\":").append(tensor("U8", "[0]", "[0,0]"));
        }

        assertThatThrownBy(() -> read(file(header + "}", 0))).hasMessageContaining("more than 20000 tensors");
    }

    @Test
    void refusesAPickle() throws Exception {
        try (InputStream in = HostileHeaderTest.class.getResourceAsStream("/peer/not-tensors.pickle")) {
            byte[] pickle = in.readAllBytes();
            assertThatThrownBy(() -> read(pickle)).hasMessageContaining("not a safetensors file");
        }
    }

    @Test
    void quotesHostileNamesShortAndWithoutControlCharacters() {
        String name = "x\\n\\u001b[31m" + "y".repeat(500);

        assertThatThrownBy(() -> read(file("{\"" + name + "\":{\"dtype\":\"?\"}}", 0)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContain("\n", "\u001b"));
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] good = file(GOOD, 11);
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedSafetensorsException.class);
        }
    }

    @Test
    void anyDamageIsRefusedOrLeavesAHeaderThatKeepsTheRules() {
        SplittableRandom random = new SplittableRandom(20_260_101);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = file(GOOD, 11);
            for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                bytes[random.nextInt(8 + GOOD.length())] = (byte) random.nextInt(256);
            }
            try {
                assertThat(read(bytes).fileBytes()).isEqualTo(bytes.length);
            } catch (MalformedSafetensorsException e) {
                assertThat(e).hasMessageContaining("upload.bin");
            }
        }
    }

    private static SafetensorsHeader read(byte[] bytes) {
        return SafetensorsHeader.read(new ByteArrayInputStream(bytes), bytes.length, "upload.bin");
    }

    private static String tensor(String dtype, String shape, String offsets) {
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    private static String two(String first, String second) {
        return "{\"a\":" + tensor("F32", "[1]", first) + ",\"b\":" + tensor("F32", "[1]", second) + "}";
    }

    private static byte[] file(String header, int dataBytes) {
        return file(header.getBytes(StandardCharsets.UTF_8), dataBytes);
    }

    private static byte[] file(byte[] header, int dataBytes) {
        return ByteBuffer.allocate(8 + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }
}
