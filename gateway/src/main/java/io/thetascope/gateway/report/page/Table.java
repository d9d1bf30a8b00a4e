package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.markup.Markup;
import java.util.List;

/** A table with a caption and scoped headings, in a frame that scrolls where the page is narrow. */
final class Table {
    private final Markup out;
    private final int columns;

    /** Opens a table of words; the first heading is that of the row headings. */
    Table(Markup out, String caption, List<String> headings) {
        this(out, "words", caption, headings);
    }

    /** Opens a table whose columns from the third on are numbers. */
    static Table ofNumbers(Markup out, String caption, List<String> headings) {
        return new Table(out, "numbers", caption, headings);
    }

    /** Opens a table of numbers whose last column is words. */
    static Table ofNumbersAndWords(Markup out, String caption, List<String> headings) {
        return new Table(out, "numbers told", caption, headings);
    }

    private Table(Markup out, String css, String caption, List<String> headings) {
        this.out = out;
        this.columns = headings.size();
        out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
        out.open("table", "class", css).leaf("caption", caption).open("thead").open("tr");
        headings.forEach(heading -> out.leaf("th", heading, "scope", "col"));
        out.close("tr").close("thead").open("tbody").line();
    }

    /** Starts a group of rows with a heading across the table. */
    void group(String heading) {
        out.close("tbody").open("tbody").open("tr", "class", "group");
        out.leaf("th", heading, "scope", "rowgroup", "colspan", Integer.toString(columns));
        out.close("tr").line();
    }

    void startRow(String css, String heading, String detail) {
        out.open("tr", "class", css).open("th", "scope", "row").text(heading);
        if (!detail.isEmpty()) {
            out.text(" ").leaf("code", detail);
        }
        out.close("th");
    }

    void number(String text) {
        out.leaf("td", text, "class", "number");
    }

    /** Writes a number with what belongs to it below, such as its interval; nothing below where that is empty. */
    void number(String text, String below) {
        out.open("td", "class", "number").text(text);
        if (!below.isEmpty()) {
            out.text(" ").leaf("span", below, "class", "below");
        }
        out.close("td");
    }

    /** Writes words that need room. */
    void reason(String text) {
        out.leaf("td", text, "class", "reason");
    }

    void words(String text) {
        out.leaf("td", text);
    }

    void code(String text) {
        out.open("td").leaf("code", text).close("td");
    }

    void endRow() {
        out.close("tr").line();
    }

    void end() {
        out.close("tbody").close("table").close("div").line();
    }

    Markup markup() {
        return out;
    }
}
