/** The text of a time: `2:05`, `02:05.5`, `1:02:05,500`. Source of a regular expression without groups. */
export const TIMESTAMP = String.raw`(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?`;

const PARTS = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,6})?)$/;

/** The seconds of a time such as `1:02:05,500`; null when it is none. A time before zero is zero. */
export function parseTimestamp(text: string): number | null {
  const [, hours = '0', minutes, seconds] = PARTS.exec(text.replace(/^-/, '')) ?? [];
  if (minutes === undefined || seconds === undefined) return null;
  if (text.startsWith('-')) return 0;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
}
