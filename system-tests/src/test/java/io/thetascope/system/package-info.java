@NullMarked
package io.thetascope.system;

import org.jspecify.annotations.NullMarked;
