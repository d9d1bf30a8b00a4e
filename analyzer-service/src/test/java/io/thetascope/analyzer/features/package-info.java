@NullMarked
package io.thetascope.analyzer.features;

import org.jspecify.annotations.NullMarked;
