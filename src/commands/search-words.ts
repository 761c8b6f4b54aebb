/** Text between double quotes of any kind, or a word. */
const PART = /["“”„]([^"“”„]*)(?:["“”„]|$)|([^\s"“”„]+)/gu;

/**
 * What a person typed → the phrases that a line must hold. A phrase in double quotes stays one, be they typed into the shell,
 * which leaves one argument with spaces, or kept from it. What has no letter or digit can't be looked for.
 */
export function toPhrases(args: string[]): string[] {
  const parts = args.flatMap(arg =>
    /["“”„]/u.test(arg) ? [...arg.matchAll(PART)].map(([, phrase, word]) => phrase ?? word ?? '') : [arg],
  );
  return parts.map(part => part.trim()).filter(part => /[\p{L}\p{N}]/u.test(part));
}
