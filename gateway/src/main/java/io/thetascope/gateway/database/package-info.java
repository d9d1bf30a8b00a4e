/** The read model's database: transactions and statements, the same SQL for H2 and PostgreSQL. */
@NullMarked
package io.thetascope.gateway.database;

import org.jspecify.annotations.NullMarked;
