/** Where Chromium is on this machine, if it is. */
import { existsSync } from 'node:fs';

export const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(browserPath);
