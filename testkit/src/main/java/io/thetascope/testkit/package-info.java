/** What tests of several modules share: the broker and the object store they talk to. */
@NullMarked
package io.thetascope.testkit;

import org.jspecify.annotations.NullMarked;
