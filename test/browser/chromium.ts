/** Debian's Chromium, driven by playwright-core: no browser is downloaded. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** Without these, a browser on a closed network talks to itself for seconds. */
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function openBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error('No Chromium on this machine: apt-get install chromium.');
  return chromium.launch({ executablePath, args });
}
