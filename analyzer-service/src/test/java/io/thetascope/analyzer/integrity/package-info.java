@NullMarked
package io.thetascope.analyzer.integrity;

import org.jspecify.annotations.NullMarked;
