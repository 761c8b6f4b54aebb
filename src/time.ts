/** Seconds as `2:05` or `1:02:05`; `–:––` where the time is not known. */
export function clock(seconds: number | null): string {
  if (seconds === null) return '–:––';
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Seconds as a rough length in words: `8 s`, `3 min`, `1 h 20 min`. */
export function roughly(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Rounds seconds to milliseconds, so that reports of the same call are the same text. */
export function toMillisecond(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
