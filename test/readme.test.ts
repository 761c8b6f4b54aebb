import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Home } from './cli.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('shows the help as the program prints it', async () => {
    const home = new Home();
    const { stdout } = await home.run('--help');
    home.remove();
    expect(readme).toContain(`\`\`\`\n${stdout.trimEnd()}\n\`\`\``);
  });
});
