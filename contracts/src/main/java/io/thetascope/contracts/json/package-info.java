/** How every contract is written and read as JSON. */
@NullMarked
package io.thetascope.contracts.json;

import org.jspecify.annotations.NullMarked;
