/** Where a browser may be sent back to: exact addresses, over TLS; plain HTTP on one's own machine only. */
const localHosts = ['localhost', '127.0.0.1', '[::1]'];

/** No user name, no fragment (the prompt's own), nothing that two readers of addresses would read differently. */
export function isReturnUrl(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('\\') || text.includes('#') || !URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  if (url.href !== text && url.href !== `${text}/`) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && localHosts.includes(url.hostname));
}

/** The one host that a client's pages are on; undefined when they are on none, or on several. */
export function hostOf({ returnUrls }: { readonly returnUrls: readonly string[] }): string | undefined {
  const [host, ...others] = new Set(returnUrls.filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname));
  return others.length === 0 ? host : undefined;
}
