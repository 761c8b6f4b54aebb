/** Whether a host name is among the patterns; `*.example.org` stands for any name in front. */
export function matchesHost(host: string, patterns: string[]): boolean {
  return patterns.some(pattern => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern));
}
