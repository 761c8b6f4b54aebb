import type { Command } from 'commander';
import { readManifest } from '../models/manifest.js';
import { builtInModelsDir, keyDirOf, pulledModelsDir } from '../paths.js';
import { PROOFS } from '../privacy/verify-yourself.js';
import {
  type AuditEntry,
  DEFAULT_RETENTION_DAYS,
  type FoundExport,
  findPlaces,
  type Kept,
  type KeyWay,
  keyFile,
  keyWay,
  type Retention,
} from '../store/store.js';
import { inStore } from './in-store.js';
import { type CommonOptions, withCommon } from './options.js';
import { describePrivacy } from './privacy-text.js';
import { print, printJson, textLayout } from './terminal.js';

interface Options extends CommonOptions {
  log?: boolean;
}

const SHOWN_ENTRIES = 20;

/** Declares `offrecord privacy`. */
export function declarePrivacy(program: Command): void {
  withCommon(program.command('privacy'))
    .description('show where everything is, how it is locked, what is kept, and what was done with it')
    .option('--log', `show the whole log, not only its last ${SHOWN_ENTRIES} entries`)
    .action(showPrivacy);
}

function showPrivacy(options: Options): void {
  const { store: dir, json, log: wantsAll } = options;
  // Opening the store closes files that are open to others, so what they were is looked at first.
  const places = findPlaces(dir, keyDirOf(dir));
  const inside = inStore(options, store => ({
    kept: store.kept(),
    exports: store.exports(),
    retention: store.retention(new Date()),
    log: wantsAll ? store.log() : store.log(SHOWN_ENTRIES),
  }));
  const document = {
    schema: 'offrecord.privacy/1',
    store: dir,
    keyFile: keyFile(keyDirOf(dir)),
    models: { builtIn: builtInModelsDir, pulled: pulledModelsDir },
    temporaryFiles: null,
    places,
    exports: inside?.exports ?? [],
    lock: inside && { cipher: CIPHER, key: keyWay(keyDirOf(dir)) },
    kept: { ...(inside?.kept ?? NOTHING), bytes: bytesOf(places) },
    retention: inside?.retention ?? { days: DEFAULT_RETENTION_DAYS, kept: 0, expired: 0, next: null },
    network: { everyCommand: [], modelsPull: readManifest().hosts, proofs: PROOFS },
    log: inside?.log ?? [],
  };
  if (json) printJson(document);
  else print(describePrivacy(document, textLayout()));
}

function bytesOf(places: ReturnType<typeof findPlaces>): number {
  return places.filter(({ what }) => what === 'store').reduce((sum, { bytes }) => sum + bytes, 0);
}

const NOTHING: Kept = {
  calls: 0,
  utterances: 0,
  flags: 0,
  unfinished: 0,
  oldest: null,
  searchable: 0,
  isPurgePending: false,
};

/** How the database is encrypted. */
const CIPHER = 'SQLCipher 4: AES-256, each page proven by HMAC-SHA-512';

/** What `privacy` tells. */
export interface PrivacyDocument {
  store: string;
  keyFile: string;
  models: { builtIn: string; pulled: string };
  places: ReturnType<typeof findPlaces>;
  /** Files made of calls by `export` and `advise`, as they are now. */
  exports: FoundExport[];
  /** Null where there is no store. */
  lock: { cipher: string; key: KeyWay | null } | null;
  kept: Kept & { bytes: number };
  retention: Retention;
  network: { modelsPull: string[]; proofs: typeof PROOFS };
  log: AuditEntry[];
}
