@NullMarked
package io.thetascope.gateway.verdict;

import org.jspecify.annotations.NullMarked;
