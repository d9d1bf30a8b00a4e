/** What share of the variance over base runs is due to network, initialisation, optimizer and seed (MEASURES §9). */
@NullMarked
package io.thetascope.gateway.report.factors;

import org.jspecify.annotations.NullMarked;
