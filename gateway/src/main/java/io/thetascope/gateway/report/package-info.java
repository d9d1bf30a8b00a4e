/** What a study found, as one pure model and its renderings: JSON, CSV, and in {@code page} a self-contained page. */
@NullMarked
package io.thetascope.gateway.report;

import org.jspecify.annotations.NullMarked;
