@NullMarked
package io.thetascope.analyzer.function;

import org.jspecify.annotations.NullMarked;
