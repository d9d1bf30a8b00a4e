package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.Retraining;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.chart.Triangle;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.Optional;

/** The triangles θ1, θp, θ2 of the perturbed runs. */
final class Triangles {
    private final Runs runs;

    Triangles(Runs runs) {
        this.runs = runs;
    }

    void write(Markup out) {
        out.open("div", "class", "panels").line();
        int number = 0;
        for (var family : runs.families().entrySet()) {
            for (RunRow run : family.getValue()) {
                number++;
                String title = runs.names().of(run) + ", from " + runs.names().of(family.getKey());
                triangle("triangle-" + number, title, run)
                        .ifPresent(image -> Panels.figure(out, "small", image.draw(), title + ": " + figures(image)));
            }
        }
        out.close("div").line();
    }

    private static Optional<Triangle> triangle(String id, String title, RunRow run) {
        Retraining r = run.retraining();
        if (r == null) {
            return Optional.empty();
        }
        Double displaced = r.displaced();
        Double distance = r.distance();
        Double moved = r.moved();
        if (displaced == null || distance == null || moved == null || Math.max(displaced, distance) == 0) {
            return Optional.empty();
        }
        return Optional.of(new Triangle(id, title, displaced, distance, moved));
    }

    private static String figures(Triangle triangle) {
        return "‖θₚ − θ₁‖ " + Numbers.plain(triangle.displaced()) + ", ‖θ₂ − θ₁‖ " + Numbers.plain(triangle.distance())
                + ", ‖θ₂ − θₚ‖ " + Numbers.plain(triangle.moved());
    }
}
