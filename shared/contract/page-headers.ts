/** The headers of every hosted page and its files: CloudFront sends them in AWS, local/ on one machine. Data only. */

/** Our own files and nothing else: no inline script, no frame, no form that a browser would send, no text that becomes markup. */
const contentSecurityPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  // A QR code and an organization's logo come as data, never from another address.
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  // The authenticator's service worker, by an address of ours; no other text ever becomes a script.
  'trusted-types': 'countersign-worker',
} as const;

const permissions = ['display-capture', 'geolocation', 'microphone', 'payment', 'usb'].map((name) => `${name}=()`);

export const pageHeaders = {
  'content-security-policy': Object.entries(contentSecurityPolicy).map(([name, value]) => `${name} ${value}`).join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': [...permissions, 'camera=(self)', 'publickey-credentials-create=(self)', 'publickey-credentials-get=(self)'].join(', '),
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Files have the hash of their content in their names; pages are asked for again each time. */
export const cacheControl = { page: 'no-cache', file: 'public, max-age=31536000, immutable' } as const;

/** What is not a file but asked of the API, at the pages' own address: the pages' requests, and the authenticator app's. */
export const apiPaths = ['/page/', '/app/'] as const;
