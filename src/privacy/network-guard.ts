/**
 * Refuses every connection of this thread, from the moment this module is loaded. Import it before anything else.
 * Only `models pull` opens it, for the manifest’s hosts alone. Threads and programs that are started later are bound by it too.
 */
import { syncBuiltinESMExports } from 'node:module';
import { guardBindings } from './guard-bindings.js';
import { guardChildren } from './guard-children.js';
import { guardDebugger } from './guard-debugger.js';
import { guardNames } from './guard-names.js';
import { guardSockets } from './guard-sockets.js';
import { guardThreads } from './guard-threads.js';

export { allowHosts } from './refusal.js';

guardSockets();
guardNames();
guardBindings();
guardDebugger();
guardChildren();
guardThreads();
// Without this, `import { connect } from 'node:net'` would still give the functions from before.
syncBuiltinESMExports();
