/** PostgreSQL, Redis and Freshet's three processes, each with a role and a secret of its own. */
package dev.freshet.quickstart.stack;
