import { type Check, failed, ok, warning } from './check.js';

const OLDEST = [20, 19] as const;
/** From here on Node aborts when it collects a native SQLite statement. */
const COLLECTING = [24, 19] as const;
const TESTED = [20, 22, 24];
const NAME = 'Node';

/** Judges a version of Node such as `22.11.0`. */
export function judgeNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isBefore = ([atMajor, atMinor]: readonly [number, number]): boolean =>
    major < atMajor || (major === atMajor && minor < atMinor);
  if (isBefore(OLDEST)) return failed(NAME, `${version} is too old`, 'Install Node 22 or 24: https://nodejs.org');
  if (!TESTED.includes(major)) return warning(NAME, `${version} is not one that was tested`, 'Use Node 20, 22 or 24.');
  if (isBefore(COLLECTING)) return ok(NAME, version);
  const seen = `${version}, which aborts when it collects SQLite statements; offrecord keeps them until it ends, so it does not`;
  return warning(NAME, seen, 'Nothing needs mending. Node 20 and 22 do not have the trouble.');
}
