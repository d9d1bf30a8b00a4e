/**
 * What several services measure of themselves in the same way, bound to Micrometer: events, jobs, store operations. No label
 * has a run's, study's or analysis's id.
 */
@NullMarked
package io.thetascope.metrics;

import org.jspecify.annotations.NullMarked;
