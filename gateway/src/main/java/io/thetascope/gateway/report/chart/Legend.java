package io.thetascope.gateway.report.chart;

import java.util.ArrayList;
import java.util.List;

/** The names of the series, above the plot, wrapped to its width. */
record Legend(List<Place> places, double height) {
    private static final double ROW = 17;
    private static final double SAMPLE = 26;
    private static final double GAP = 16;
    private static final double PER_LETTER = 6.1; // at the style sheet's 11 px

    /** Where a series is named. */
    record Place(Series series, double x, double y) {}

    static Legend of(List<Series> series, double width) {
        List<Place> places = new ArrayList<>();
        double x = 4;
        double y = ROW / 2 + 2;
        for (Series one : series) {
            double wide = SAMPLE + 4 + one.label().length() * PER_LETTER;
            if (x > 4 && x + wide > width) {
                x = 4;
                y += ROW;
            }
            places.add(new Place(one, x, y));
            x += wide + GAP;
        }
        return new Legend(List.copyOf(places), y + ROW / 2 + 2);
    }

    void draw(Svg svg) {
        for (Place place : places) {
            Series series = place.series();
            svg.line("line " + series.css(), place.x(), place.y(), place.x() + SAMPLE, place.y());
            Marker.draw(svg, series.style(), place.x() + SAMPLE / 2, place.y());
            svg.text("legend", "start", place.x() + SAMPLE + 4, place.y() + 4, series.label());
        }
    }
}
