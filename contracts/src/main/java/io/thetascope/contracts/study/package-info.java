/** What a user asks for, and what it was resolved to. */
@NullMarked
package io.thetascope.contracts.study;

import org.jspecify.annotations.NullMarked;
