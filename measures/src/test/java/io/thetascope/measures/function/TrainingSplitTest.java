package io.thetascope.measures.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSplitTest {
    @ParameterizedTest
    @CsvSource({"60000,5000", "5000,5000", "4999,4999", "2,2"})
    void withoutBatchNormTheLossIsThatOfTheFirstFiveThousandImages(int images, int loss) {
        assertThat(TrainingSplit.of(images, false)).isEqualTo(new TrainingSplit(loss, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "60000,5000,2000",
        "7000,5000,2000",
        "6999,4999,2000",
        "1000,714,286",
        "20,14,6",
        "2,1,1",
        "2000000000,5000,2000"
    })
    void withBatchNormStatisticsComeFromOtherImages(int images, int loss, int statistics) {
        assertThat(TrainingSplit.of(images, true)).isEqualTo(new TrainingSplit(loss, statistics));
    }

    @Test
    void refusesARunWithoutEnoughImages() {
        assertThatThrownBy(() -> TrainingSplit.of(1, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one training image: 0");
    }
}
