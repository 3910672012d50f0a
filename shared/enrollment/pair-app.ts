/** Ties a device to the factor that was set up for it, and takes it off again at the device's own word. */
import { decidePair, decideUnpair, type PairOutcome } from '../factors/decide-pair.ts';
import { compressKey } from '../factors/device-key.ts';
import { isDeviceRequest, type DeviceRequest } from '../factors/device-request.ts';
import { isPairingSecret } from '../factors/pairing.ts';
import { Problem } from '../platform/problems/problem.ts';
import { contextOf, markOf, readHome, type AdmittedDevice, type DeviceHome, type Seen } from '../sign-in/app/admit-device.ts';
import { removePushTargetWrite } from '../sign-in/app/push-target.ts';
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import { findFactor } from '../user-state/find.ts';
import { fromProfileItem, profileKey } from '../users/profile.ts';

export interface PairInput {
  readonly request: DeviceRequest;
  readonly secret: Uint8Array;
  /** As WebCrypto exports it: 65 bytes. */
  readonly publicKey: Uint8Array;
  readonly seen: Seen;
}

/** By what people tell their accounts apart. */
export interface PairedAccount {
  readonly factorId: string;
  readonly organization: string;
  readonly person: string;
  readonly method: string;
}

/** A used link, an old one, a misread one and one that never was are answered alike. */
const notPairable = (): Problem => new Problem('pairing-invalid');

function accountOf({ organization, state, also, factorId }: DeviceHome, factorName: string): PairedAccount {
  const [profile] = also;
  const factor = findFactor(state, factorId);
  const person = profile ? fromProfileItem(profile).displayName : state.userId;
  return { factorId: factorName, organization: organization.name, person, method: factor?.kind === 'app' ? factor.method : '' };
}

export async function pairApp(deps: CommitDependencies, { request, secret, publicKey, seen }: PairInput): Promise<PairedAccount> {
  const deviceKey = compressKey(publicKey);
  // That it holds the key it hands in: nobody pairs with another's.
  if (!deviceKey || !isDeviceRequest(deviceKey, request, deps.clock.now())) throw new Problem('device-invalid');
  const found = await readHome(deps, request.factorId, ({ userKey }) => [profileKey(userKey)]);
  if (!found) throw notPairable();
  const { home, organization, state, factorId } = found;
  const isInvited = isPairingSecret(deps.keys, state, factorId, secret);
  const command = { factorId, deviceKey, isInvited, policy: organization.policy, resultId: deps.random.bytes(16) };
  const { outcome } = await commit<PairOutcome>(deps, {
    home, state, context: contextOf(found, seen), mark: markOf(deps, request),
    decide: (read, now) => decidePair(read, command, now),
    recall: () => 'paired',
  });
  if (outcome === 'refused') throw notPairable();
  return accountOf(found, request.factorId);
}

export async function unpairApp(deps: CommitDependencies, { home, state, context, mark, factorId }: AdmittedDevice): Promise<void> {
  await commit(deps, {
    home, state, context, mark,
    decide: (read, now) => decideUnpair(read, factorId, now),
    recall: () => 'done' as const,
    also: () => [removePushTargetWrite(deps.table.name, home.userKey, factorId)],
  });
}
