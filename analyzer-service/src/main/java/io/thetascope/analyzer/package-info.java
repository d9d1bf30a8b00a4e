/** The analyzer service: facts become analysis jobs, analysis jobs become measurements. Only this package knows Quarkus. */
@NullMarked
package io.thetascope.analyzer;

import org.jspecify.annotations.NullMarked;
