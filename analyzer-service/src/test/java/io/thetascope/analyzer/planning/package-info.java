@NullMarked
package io.thetascope.analyzer.planning;

import org.jspecify.annotations.NullMarked;
