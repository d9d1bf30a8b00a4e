package io.thetascope.gateway.verdict;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** On which side of its number a threshold wants an interval. */
public enum Relation {
    @JsonProperty(">")
    ABOVE(">"),
    @JsonProperty("≥")
    AT_LEAST("≥"),
    @JsonProperty("<")
    BELOW("<"),
    @JsonProperty("≤")
    AT_MOST("≤"),
    /** The interval has the number in it. */
    @JsonProperty("∋")
    HOLDS("∋");

    private final String sign;

    Relation(String sign) {
        this.sign = sign;
    }

    /** Returns the sign that stands before the number. */
    public String sign() {
        return sign;
    }

    /**
     * Says where an interval lies.
     *
     * @return true: wholly on the side wanted; false: wholly on the other; nothing: the number is within
     */
    @Nullable
    Boolean met(double low, double high, double number) {
        return switch (this) {
            case ABOVE -> side(low > number, high <= number);
            case AT_LEAST -> side(low >= number, high < number);
            case BELOW -> side(high < number, low >= number);
            case AT_MOST -> side(high <= number, low > number);
            case HOLDS -> low <= number && number <= high;
        };
    }

    private static @Nullable Boolean side(boolean wanted, boolean other) {
        return wanted ? Boolean.TRUE : other ? Boolean.FALSE : null;
    }
}
