/** A way to check without trusting this program, and what it shows when the claim holds. */
export interface Proof {
  system: 'Linux' | 'macOS' | 'any';
  command: string;
  shows: string;
}

/** How anyone can check that nothing leaves: the system’s own tools, which see all threads, native code and children too. */
export const PROOFS: Proof[] = [
  {
    system: 'Linux',
    command: 'strace -f -e trace=network offrecord analyze call.m4a --no-save 2>&1 | grep AF_INET',
    shows: 'Prints no line: no socket to any network was opened.',
  },
  {
    system: 'Linux',
    command: 'unshare --map-root-user --net offrecord analyze call.m4a --no-save',
    shows: 'Works as always, in a space that has no network at all.',
  },
  {
    system: 'macOS',
    command: "sandbox-exec -p '(version 1)(allow default)(deny network*)' offrecord analyze call.m4a --no-save",
    shows: 'Works as always, with every use of the network forbidden.',
  },
  {
    system: 'any',
    command: 'offrecord analyze call.m4a --no-save',
    shows: 'Works as always with the network switched off.',
  },
];
