@NullMarked
package io.thetascope.analyzer.measurement;

import org.jspecify.annotations.NullMarked;
