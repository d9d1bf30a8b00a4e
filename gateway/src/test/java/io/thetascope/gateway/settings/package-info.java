@NullMarked
package io.thetascope.gateway.settings;

import org.jspecify.annotations.NullMarked;
