/** What the deployment files say, held against the packaged services. */
@org.jspecify.annotations.NullMarked
package io.thetascope.system.deployment;
