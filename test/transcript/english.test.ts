import { describe, expect, it } from 'vitest';
import { canBeEnglish } from '../../src/transcript/english.js';

describe('canBeEnglish', () => {
  it.each([
    [
      'English',
      'So before we start I would like to record this call, is that all right with you? It is just for my notes and nobody else will ever hear it, I can promise you that.',
      true,
    ],
    [
      'English as a recogniser writes it',
      'okay so tell me a little about your last job and what did you like the most there because we want to know if you can work in a team like that',
      true,
    ],
    [
      'German',
      'Bevor wir anfangen, würde ich gern dieses Gespräch aufzeichnen, damit das Team es später hören kann. Schicken Sie uns bitte heute noch eine Kopie Ihres Personalausweises und Ihre Bankdaten, das machen alle so.',
      false,
    ],
    [
      'Spanish',
      'Antes de empezar me gustaría grabar esta llamada para que el equipo pueda escucharla más tarde. Por favor envíenos hoy una copia de su pasaporte y los datos de su cuenta, todos lo hacen así sin problema.',
      false,
    ],
    ['Japanese', '始める前に、この会話を録音してもよろしいでしょうか。', false],
    ['a few words of anything', 'Guten Tag.', true],
  ])('%s: %s', (_, text, can) => {
    expect(canBeEnglish([text])).toBe(can);
  });
});
