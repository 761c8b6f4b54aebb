import { OffRecordError } from '../errors.js';
import { LABELS } from '../taxonomy.js';
import { answer, listCalls, news } from './answers.js';
import type { Analysis, Api } from './api.js';
import type { Terminal } from './loop.js';
import type { Effect, Event, State } from './state.js';

type Send = (event: Event) => void;

/** Carries out effects one by one; what goes wrong becomes a message. */
export class Effects {
  #analysis: Analysis | null = null;

  constructor(
    private readonly api: Api,
    private readonly terminal: Terminal,
    private readonly send: Send,
  ) {}

  run(effect: Effect, state: State): void {
    try {
      this.#carryOut(effect, state);
    } catch (error) {
      this.send(failure(error));
    }
  }

  /** Shows the calls as they are kept now, or so many of the newest. */
  refresh(most?: number): void {
    try {
      this.send(listCalls(this.api, most));
    } catch (error) {
      this.send(failure(error));
    }
  }

  /** Ends the analysis that is under way; what was heard is kept. */
  async stopWork(): Promise<void> {
    this.#analysis?.stop();
    await this.#analysis?.done.catch(() => {});
  }

  #carryOut(effect: Effect, state: State): void {
    if (effect.do === 'quit') this.terminal.quit();
    else if (effect.do === 'suspend') this.terminal.suspend();
    else if (effect.do === 'stop') this.#analysis?.stop();
    else if (effect.do === 'analyze') this.#analyze(effect);
    else if (effect.do === 'clip') this.#saveClip(effect, state);
    else for (const event of answer(effect, this.api)) this.send(event);
  }

  #analyze({ number, path }: Effect & { do: 'analyze' }): void {
    const analysis = this.api.analyze(path, step => this.send({ type: 'work', number, ...step }));
    this.#analysis = analysis;
    const end = (event: Event): void => {
      this.#analysis = null;
      this.refresh();
      this.send(event);
    };
    analysis.done
      .then(done => end({ type: 'work-done', number, ...done }))
      .catch(error => end({ type: 'work-failed', number, text: sentenceOf(error) }));
  }

  #saveClip({ id, flag, path }: Effect & { do: 'clip' }, { call }: State): void {
    const found = call?.report.flags.find(one => one.id === flag);
    if (!found) return;
    this.send({ type: 'message', message: { text: `Saving “${LABELS[found.label].name}” …`, tone: 'quiet' } });
    this.api
      .saveClip(id, found, path)
      .then(file => this.send(news(`Saved to ${file}. Only you can read it, and it goes when the call is purged.`)))
      .catch(error => this.send(failure(error)));
  }
}

function failure(error: unknown): Event {
  return { type: 'message', message: { text: sentenceOf(error), tone: 'critical' } };
}

function sentenceOf(error: unknown): string {
  if (error instanceof OffRecordError) return error.message;
  return `That did not work (${error instanceof Error ? error.message : String(error)}).`;
}
