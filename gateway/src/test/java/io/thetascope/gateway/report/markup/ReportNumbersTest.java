package io.thetascope.gateway.report.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReportNumbersTest {
    @Test
    void aNumberThatRoundsToZeroHasNoSign() {
        assertThat(Numbers.fixed(-0.00004, 4)).isEqualTo("0.0000");
        assertThat(Numbers.fixed(-0.00006, 4)).isEqualTo("−0.0001");
    }

    @Test
    void writesFourDigitsAndADashForWhatIsMissing() {
        assertThat(Numbers.plain(21.7312)).isEqualTo("21.73");
        assertThat(Numbers.plain(2.48412e-4)).isEqualTo("2.484×10⁻⁴");
        assertThat(Numbers.plain(-0.0451249)).isEqualTo("−0.04512");
        assertThat(Numbers.plain(17712.6)).isEqualTo("17713");
        assertThat(Numbers.plain(0.0)).isEqualTo("0");
        assertThat(Numbers.plain(null)).isEqualTo("—");
        assertThat(Numbers.plain(Double.NaN)).isEqualTo("—");
        assertThat(Numbers.percent(null, 1)).isEqualTo("—");
        assertThat(Numbers.percent(0.6213, 2)).isEqualTo("62.13 %");
        assertThat(Numbers.percent(0.29, 2)).isEqualTo("29.00 %");
        assertThat(Numbers.percent(0.999999, 2)).isEqualTo("99.99 %");
    }

    @Test
    void writesRoundNumbersWithoutZerosAtTheirEnd() {
        assertThat(Numbers.brief(0.1)).isEqualTo("0.1");
        assertThat(Numbers.brief(100)).isEqualTo("100");
        assertThat(Numbers.brief(2.5)).isEqualTo("2.5");
        assertThat(Numbers.scientific(1e-6)).isEqualTo("10⁻⁶");
        assertThat(Numbers.scientific(2.5e-6)).isEqualTo("2.5×10⁻⁶");
    }

    @Test
    void refusesToCloseWhatIsNotInnermost() {
        Markup markup = new Markup().open("table").open("tr");
        assertThatThrownBy(() -> markup.close("table")).hasMessageContaining("cannot close table");
        assertThatThrownBy(markup::toString).hasMessageContaining("still open");
    }

    @Test
    void escapesTextAndAttributes() {
        assertThat(new Markup().leaf("p", "a<b>&'\"", "title", "\"><script>").toString())
                .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\">a&lt;b&gt;&amp;&#39;&quot;</p>");
    }

    @Test
    void roundsAShareButNeverToAllOrNoneOfIt() {
        assertThat(Numbers.roundedPercent(6_946_816 / 11_181_642.0, 2)).isEqualTo("62.13 %");
        assertThat(Numbers.roundedPercent(1, 2)).isEqualTo("100.00 %");
        assertThat(Numbers.roundedPercent(0, 2)).isEqualTo("0.00 %");
        assertThat(Numbers.roundedPercent(1 - 1e-7, 2)).isEqualTo("> 99.99 %");
        assertThat(Numbers.roundedPercent(1e-7, 2)).isEqualTo("< 0.01 %");
    }
}
