/**
 * The description language of networks as data, the networks themselves, and their initialisers. Pure: no I/O, no
 * clock, no framework. A description is read by the trainer, the ONNX export, and the measures alike.
 */
@NullMarked
package io.thetascope.networks;

import org.jspecify.annotations.NullMarked;
