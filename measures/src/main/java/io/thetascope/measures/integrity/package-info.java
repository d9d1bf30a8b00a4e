/** Whether the checkpoints of a run are what they were announced as (MEASURES §8). */
@NullMarked
package io.thetascope.measures.integrity;

import org.jspecify.annotations.NullMarked;
