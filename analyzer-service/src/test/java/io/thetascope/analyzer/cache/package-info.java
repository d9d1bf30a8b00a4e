@NullMarked
package io.thetascope.analyzer.cache;

import org.jspecify.annotations.NullMarked;
