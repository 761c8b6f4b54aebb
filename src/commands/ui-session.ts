import { keyDirOf } from '../paths.js';
import { openStore, type Store } from '../store/store.js';
import { deleteForGood, refuseLeftovers } from './purge.js';
import { goalOf } from './purge-goal.js';
import { describeOutcome } from './purge-outcome.js';
import { describePlan, type Goal } from './purge-text.js';

/** The store of a UI: open from its beginning to its end, but for a purge, whose proof reads every file itself. */
export class UiSession {
  #store: Store | null = null;

  constructor(readonly dir: string) {}

  get store(): Store {
    this.#store ??= openStore(this.dir, keyDirOf(this.dir));
    return this.#store;
  }

  /** Reads from the store; once more from a newly opened one where another process has renewed its key meanwhile. */
  read<T>(use: (store: Store) => T): T {
    try {
      return use(this.store);
    } catch {
      this.close();
      return use(this.store);
    }
  }

  close(): void {
    this.#store?.close();
    this.#store = null;
  }

  /** What a purge of a call would delete, as lines to read. */
  plan(id: string, withRecordings: boolean): string[] {
    return describePlan(this.#goal(id, withRecordings)).split('\n');
  }

  /** Deletes a call for good; what was done, as lines to read. */
  purge(id: string, withRecordings: boolean): string[] {
    const goal = this.#goal(id, withRecordings);
    this.close();
    const { result, proof } = deleteForGood(goal, this.dir);
    const lines = describeOutcome(goal, result, proof).split('\n');
    try {
      refuseLeftovers(proof, result);
      return lines;
    } catch (error) {
      return [error instanceof Error ? error.message : String(error), '', ...lines];
    }
  }

  #goal(id: string, withRecordings: boolean): Goal {
    const plan = this.store.plan({ ids: [id], company: null, before: null, withWords: false });
    return goalOf(plan, { store: this.dir, withRecordings });
  }
}
