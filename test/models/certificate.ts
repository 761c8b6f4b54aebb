import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate of this computer’s own, that nobody trusts until its file is named. */
export interface Certificate {
  key: string;
  cert: string;
  file: string;
  remove(): void;
}

/** Makes one; null where there is no openssl. */
export function makeCertificate(): Certificate | null {
  const dir = mkdtempSync(join(tmpdir(), 'offrecord-tls-'));
  const [key, file] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', file],
    ...names,
  ]);
  const remove = (): void => rmSync(dir, { recursive: true, force: true });
  if (made.status === 0) return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file, remove };
  remove();
  return null;
}
