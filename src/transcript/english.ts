/** Words that make up a third of English talk and hardly any of another language. */
const COMMON = new Set(
  'the of and to in that is was for it with you be on have this are not but they we what your can there would do will my just'.split(
    ' ',
  ),
);
const MIN_WORDS = 30;
const MIN_SHARE = 0.08;

/** Whether a text can be English. Short texts are given the benefit of the doubt. */
export function canBeEnglish(texts: string[]): boolean {
  const words = texts.flatMap(text => text.toLowerCase().match(/[\p{L}']+/gu) ?? []);
  const letters = words.join('');
  const foreign = letters.replace(/[\p{Script=Latin}']/gu, '').length;
  if (foreign > letters.length / 2) return false;
  return words.length < MIN_WORDS || words.filter(word => COMMON.has(word)).length >= MIN_SHARE * words.length;
}
