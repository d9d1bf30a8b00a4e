package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;

/** The cells that say whether a run can be trusted: its state and its accuracy against the gate. */
final class Standing {
    private Standing() {}

    /** Returns how the row is to look: a run with problems never looks like a sound one. */
    static String css(RunRow run) {
        if (!run.problems().isEmpty()) {
            return "suspect";
        }
        return run.state().equals("finished") ? "sound" : "open";
    }

    /** Returns how the row of a measure is to look. */
    static String css(String outcome) {
        return switch (outcome) {
            case "measured" -> "sound";
            case "planned" -> "open";
            default -> "suspect";
        };
    }

    /** Writes the state alone, where a table above tells the problems. */
    static void word(Markup out, RunRow run) {
        out.open("td").leaf("span", run.state(), "class", "state " + css(run)).close("td");
    }

    static void state(Markup out, RunRow run) {
        out.open("td").leaf("span", run.state(), "class", "state " + css(run));
        run.problems().stream().limit(1).forEach(problem -> out.leaf("span", problem, "class", "problem"));
        if (run.problems().size() > 1) {
            out.leaf("span", "and " + (run.problems().size() - 1) + " more, listed below", "class", "problem");
        }
        out.close("td");
    }

    static void accuracy(Markup out, RunRow run) {
        out.open("td", "class", "number").text(Numbers.percent(run.accuracy(), 2));
        Boolean met = run.gateMet();
        if (met != null) {
            out.text(" ");
            out.open("span", "class", met ? "gate met" : "gate missed")
                    .leaf("span", met ? "✓" : "✗", "aria-hidden", "true");
            out.leaf("span", met ? " gate met" : " below the gate", "class", "spoken")
                    .close("span");
        }
        out.close("td");
    }
}
