/** Reading what a user asks for: every problem at once, nothing guessed. */
@NullMarked
package io.thetascope.gateway.request;

import org.jspecify.annotations.NullMarked;
