package io.thetascope.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticTokensTest {
    private static final String OPERATOR = "operator-0123456789abcdef0123456789";
    private static final String VIEWER = "viewer-0123456789abcdef0123456789";
    private static final String NEXT = "next-0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private record Named(Optional<Path> tokenFile, Optional<Path> viewerTokenFile) implements AccessSettings {}

    private Path operatorFile() {
        return folder.resolve("operator");
    }

    private StaticTokens both() throws IOException, UnusableTokenException {
        Files.writeString(operatorFile(), OPERATOR + "\n");
        Files.writeString(folder.resolve("viewer"), VIEWER + "\r\n");
        return StaticTokens.read(new Named(Optional.of(operatorFile()), Optional.of(folder.resolve("viewer"))));
    }

    @Test
    void everyFileGivesItsRoles() throws Exception {
        StaticTokens tokens = both();
        assertThat(tokens.roles(OPERATOR)).containsExactlyInAnyOrder(Role.OPERATOR, Role.VIEWER);
        assertThat(tokens.roles(VIEWER)).containsExactly(Role.VIEWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "operator-0123456789abcdef012345678",
                "operator-0123456789abcdef0123456789x",
                "Operator-0123456789abcdef0123456789",
                "operator-0123456789abcdef0123456789\n"
            })
    void nothingElseGivesAny(String token) throws Exception {
        assertThat(both().roles(token)).isEmpty();
    }

    @Test
    void withoutFilesNoTokenGivesAnything() throws Exception {
        StaticTokens tokens = StaticTokens.read(new Named(Optional.empty(), Optional.empty()));
        assertThat(tokens.configured()).isFalse();
        assertThat(tokens.roles("")).isEmpty();
    }

    @Test
    void aChangedFileCountsFromTheNextReading() throws Exception {
        StaticTokens tokens = both();
        Files.writeString(operatorFile(), NEXT);
        tokens.refresh();
        assertThat(tokens.roles(OPERATOR)).isEmpty();
        assertThat(tokens.roles(NEXT)).contains(Role.OPERATOR);
    }

    @Test
    void aFileThatIsGoneAdmitsNobodyUntilItIsBack() throws Exception {
        StaticTokens tokens = both();
        Files.delete(operatorFile());
        tokens.refresh();
        assertThat(tokens.roles(OPERATOR)).isEmpty();
        Files.writeString(operatorFile(), OPERATOR);
        tokens.refresh();
        assertThat(tokens.roles(OPERATOR)).contains(Role.OPERATOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "short", "0123456789 0123456789 0123456789 0123456789", "0123456789012345678901234567890é"})
    void whatIsNoTokenKeepsTheGatewayFromStarting(String text) throws Exception {
        Files.writeString(operatorFile(), text);
        assertThatThrownBy(() -> StaticTokens.read(new Named(Optional.of(operatorFile()), Optional.empty())))
                .isInstanceOf(UnusableTokenException.class)
                .hasMessageContaining(operatorFile().toString())
                .hasMessageContaining("openssl rand -hex 32");
    }

    @Test
    void aFileThatIsNotThereKeepsTheGatewayFromStarting() {
        assertThatThrownBy(() -> StaticTokens.read(new Named(Optional.of(operatorFile()), Optional.empty())))
                .isInstanceOf(UnusableTokenException.class)
                .hasMessageContaining("cannot be read: NoSuchFileException");
    }

    @Test
    void viewersMustNotHoldTheOperatorsToken() throws Exception {
        Files.writeString(operatorFile(), OPERATOR);
        Files.writeString(folder.resolve("viewer"), OPERATOR + "\n");
        assertThatThrownBy(() -> StaticTokens.read(
                        new Named(Optional.of(operatorFile()), Optional.of(folder.resolve("viewer")))))
                .hasMessageContaining("holds the operators' token")
                .hasMessageNotContaining(OPERATOR);
    }
}
