package io.thetascope.contracts.study;

import org.jspecify.annotations.Nullable;

/**
 * How every run of a study is tested.
 *
 * @param limit the first so many test images; absent for all
 */
public record TestSettings(@Nullable Integer limit) {
    static final TestSettings DEFAULT = new TestSettings(null);
}
