/** What is measured: requests whose ids are known beforehand, and the numbers that come back. */
@NullMarked
package io.thetascope.contracts.analysis;

import org.jspecify.annotations.NullMarked;
