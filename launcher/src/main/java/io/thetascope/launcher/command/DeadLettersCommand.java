package io.thetascope.launcher.command;

import io.thetascope.launcher.gateway.DeadLetter;
import io.thetascope.launcher.gateway.GatewayClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what gave up or could not be read, or sends one of them again. */
@Command(
        name = "dead-letters",
        description =
                "List the messages that gave up or could not be read; with resend and an id, send one again, once.")
final class DeadLettersCommand implements Callable<Integer> {
    private final Edge edge;

    @Mixin
    private final RunningGateway running = new RunningGateway();

    @Parameters(arity = "0..2", paramLabel = "resend ID", description = "The id is that of the list.")
    private List<String> resend = List.of();

    DeadLettersCommand(Edge edge) {
        this.edge = edge;
    }

    @Override
    public Integer call() {
        if (!resend.isEmpty() && !(resend.size() == 2 && resend.get(0).equals("resend"))) {
            edge.errors().line("say thetascope dead-letters, or thetascope dead-letters resend ID");
            return ExitCode.WRONG_INPUT;
        }
        try {
            GatewayClient gateway = running.client(edge);
            if (resend.isEmpty()) {
                show(gateway.deadLetters());
            } else {
                edge.screen().line("sent again. " + gateway.resend(resend.get(1)));
            }
            return ExitCode.OK;
        } catch (IOException e) {
            edge.errors().line(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }

    private void show(List<DeadLetter> letters) {
        edge.screen().line(letters.size() + (letters.size() == 1 ? " dead letter" : " dead letters"));
        letters.forEach(this::show);
    }

    private void show(DeadLetter letter) {
        edge.screen()
                .line(letter.id() + "  " + letter.time() + "  key " + said(letter.key()) + "  " + said(letter.reason())
                        + (letter.resentAt() == null ? "" : "  sent again " + letter.resentAt()));
        if (letter.error() != null) {
            edge.screen().line("    " + letter.error().lines().findFirst().orElse(""));
        }
    }

    private static String said(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
