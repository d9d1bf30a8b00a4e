/** What the store says about runs and analyses, and so what can be measured. */
@NullMarked
package io.thetascope.analyzer.records;

import org.jspecify.annotations.NullMarked;
