/** Finds the addresses of a name, and takes none that is not public: a name of somebody else's can be pointed anywhere, and pointed anew. */
import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';

/** IANA's special-purpose registries (RFC 6890), as far as something could listen there. */
const ownNetworks: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'], ['10.0.0.0', 8, 'ipv4'], ['100.64.0.0', 10, 'ipv4'], ['127.0.0.0', 8, 'ipv4'], ['169.254.0.0', 16, 'ipv4'], ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'], ['192.168.0.0', 16, 'ipv4'], ['198.18.0.0', 15, 'ipv4'], ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'], ['64:ff9b::', 96, 'ipv6'], ['64:ff9b:1::', 48, 'ipv6'], ['2002::', 16, 'ipv6'], ['fc00::', 7, 'ipv6'], ['fe80::', 10, 'ipv6'], ['fec0::', 10, 'ipv6'], ['ff00::', 8, 'ipv6'],
];

const own = new BlockList();
for (const [network, prefix, family] of ownNetworks) own.addSubnet(network, prefix, family);

/** An IPv4 address inside an IPv6 one is judged as what it is. */
export const isPublicAddress = ({ address, family }: LookupAddress): boolean => !own.check(address, family === 6 ? 'ipv6' : 'ipv4');

/** For `node:https`: refuses the name when any of its addresses is of a network of one's own. */
export const lookupPublic: LookupFunction = (hostname, options: LookupOptions, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const first = error ? undefined : addresses[0];
    if (!first) callback(error ?? new Error('no address'), '', 0);
    else if (!addresses.every(isPublicAddress)) callback(Object.assign(new Error('not a public address'), { code: 'EACCES' }), '', 0);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
