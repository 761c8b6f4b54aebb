import type { Command } from 'commander';

type Declare = (program: Command, signal: AbortSignal) => void;

/** Every command, in the order of the help, with what declares it. */
const COMMANDS: Record<string, () => Promise<Declare>> = {
  ui: async () => (await import('./ui.js')).declareUi,
  analyze: async () => (await import('./analyze.js')).declareAnalyze,
  batch: async () => (await import('./batch.js')).declareBatch,
  list: async () => (await import('./list.js')).declareList,
  show: async () => (await import('./show.js')).declareShow,
  search: async () => (await import('./search.js')).declareSearch,
  stats: async () => (await import('./stats.js')).declareStats,
  advise: async () => (await import('./advise.js')).declareAdvise,
  questions: async () => (await import('./questions.js')).declareQuestions,
  export: async () => (await import('./export.js')).declareExport,
  import: async () => (await import('./import.js')).declareImport,
  edit: async () => (await import('./edit.js')).declareEdit,
  dismiss: async () => (await import('./dismiss.js')).declareDismiss,
  clip: async () => (await import('./clip.js')).declareClip,
  purge: async () => (await import('./purge.js')).declarePurge,
  keep: async () => (await import('./keep.js')).declareKeep,
  retention: async () => (await import('./retention.js')).declareRetention,
  lock: async () => (await import('./lock.js')).declareLock,
  privacy: async () => (await import('./privacy.js')).declarePrivacy,
  doctor: async () => (await import('./doctor.js')).declareDoctor,
  models: async () => (await import('./models.js')).declareModels,
  evaluate: async () => (await import('./evaluate.js')).declareEvaluate,
};

/**
 * Declares the command that is meant, and no other: what the others need would take longer to load than many of them to run.
 * @param named the first word that was typed; where it names no command, all are declared, for help and for what was mistyped
 */
export async function declareCommands(program: Command, named: string, signal: AbortSignal): Promise<void> {
  const meant = Object.hasOwn(COMMANDS, named) ? [COMMANDS[named]] : Object.values(COMMANDS);
  for (const load of meant) (await load?.())?.(program, signal);
}
