/** Sounds in which nobody speaks, for `measure.ts`: none of them was heard in training. */

export interface Sound {
  name: string;
  samples: Float32Array;
}

type Wave = (second: number, draw: () => number) => number;

/** Seconds of each. */
const LENGTHS = [2, 12, 30];
const WAVES: Record<string, Wave> = {
  silence: () => 0,
  'white noise, −60 dB': (_, draw) => 0.001 * normal(draw),
  'white noise, −40 dB': (_, draw) => 0.01 * normal(draw),
  'white noise, −14 dB': (_, draw) => 0.2 * normal(draw),
  clicks: (_, draw) => (draw() < 0.0003 ? 0.5 : 0),
  'hum, 50 Hz': second => 0.1 * sine(50, second),
  'hum, 60 Hz with overtones': second => 0.1 * (sine(60, second) + 0.5 * sine(120, second) + 0.3 * sine(180, second)),
  'tone, 440 Hz': second => 0.1 * sine(440, second),
  'tone, 1000 Hz': second => 0.3 * sine(1000, second),
  'tone, 3150 Hz': second => 0.05 * sine(3150, second),
  'ringing, 425 Hz': second => (second % 5 < 1 ? 0.2 * sine(425, second) : 0),
  'siren, 500 to 900 Hz': second => 0.2 * Math.sin(2 * Math.PI * (700 * second - 64 * Math.cos(Math.PI * second))),
  'chords of an organ': second =>
    0.1 * chord(second, 2).reduce((sum, hertz) => sum + sine(hertz, second) + 0.4 * sine(2 * hertz, second), 0),
  'melody, plucked': second => {
    const [hertz = 262] = chord(second, 0.4);
    return (
      0.3 *
      Math.exp(-8 * (second % 0.4)) *
      (sine(hertz, second) + 0.5 * sine(2 * hertz, second) + 0.2 * sine(3 * hertz, second))
    );
  },
};

/** Every sound in every length, the same samples each time. */
export function* wordlessSounds(sampleRate: number): Generator<Sound> {
  for (const [name, wave] of Object.entries(WAVES)) {
    for (const seconds of LENGTHS) {
      const draw = numbers();
      const samples = Float32Array.from({ length: seconds * sampleRate }, (_, i) => wave(i / sampleRate, draw));
      yield { name: `${name}, ${seconds} s`, samples };
    }
  }
}

function sine(hertz: number, second: number): number {
  return Math.sin(2 * Math.PI * hertz * second);
}

/** Three notes, others every `beat` seconds. */
function chord(second: number, beat: number): number[] {
  const steps = [
    [0, 4, 7],
    [5, 9, 12],
    [7, 11, 14],
    [9, 12, 16],
  ][Math.floor(second / beat) % 4];
  return (steps ?? []).map(step => 220 * 2 ** (step / 12));
}

/** Even numbers from 0 to 1 out of a linear congruence. */
function numbers(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(draw() + 1e-9)) * Math.cos(2 * Math.PI * draw());
}
