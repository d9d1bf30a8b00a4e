/** What a network does with images: how well it classifies them, and how far that changed. */
@NullMarked
package io.thetascope.measures.function;

import org.jspecify.annotations.NullMarked;
