@NullMarked
package io.thetascope.trainer;

import org.jspecify.annotations.NullMarked;
