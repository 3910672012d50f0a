/** Whose request a device signed: one read by an id that leads home, and the key that its factor has now. */
import { isDeviceRequest, signedText, type DeviceRequest } from '../../factors/device-request.ts';
import { fromOrganizationItem, organizationItemKey, type Organization } from '../../organizations/organization.ts';
import type { Attributes } from '../../platform/dynamo/attributes.ts';
import type { ItemKey } from '../../platform/dynamo/table.ts';
import { readObjectId, type HomeKeys } from '../../platform/object-id.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import type { RequestContext } from '../../user-state/event-item.ts';
import { findFactor } from '../../user-state/find.ts';
import { markRequest, type RequestMark } from '../../user-state/receipts.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../../user-state/user-state-item.ts';
import type { AppFactor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';

export interface DeviceHome {
  readonly home: HomeKeys;
  readonly organization: Organization;
  readonly state: UserState;
  /** The random part of the factor's id. */
  readonly factorId: Uint8Array;
  readonly also: readonly (Attributes | undefined)[];
}

export interface AdmittedDevice extends DeviceHome {
  readonly factor: AppFactor;
  readonly context: RequestContext;
  readonly mark: RequestMark;
}

export type Seen = Pick<RequestContext, 'requestId' | 'ipAddress' | 'userAgent'>;

/** An unknown account, one that was removed, a device of another and a bad signature are answered alike. */
export const notAdmitted = (): Problem => new Problem('device-invalid');

export async function readHome(
  deps: CommitDependencies, factorName: string, also: (home: HomeKeys) => readonly ItemKey[] = () => [],
): Promise<DeviceHome | undefined> {
  const id = readObjectId(deps.keys, 'fac', factorName);
  if (!id) return undefined;
  const home = { organizationKey: id.organizationKey, userKey: id.userKey };
  const [stateItem, organizationItem, ...others] = await deps.table.read([
    userStateKey(id.userKey),
    organizationItemKey(id.organizationKey),
    ...also(home),
  ]);
  if (!stateItem || isTombstone(stateItem) || !organizationItem) return undefined;
  return { home, organization: fromOrganizationItem(organizationItem), state: fromUserStateItem(stateItem), factorId: id.random, also: others };
}

/** A request is the same again by all that was signed: two in one second differ by what they say. */
export const markOf = ({ keys }: CommitDependencies, request: DeviceRequest): RequestMark => markRequest(keys, 'device', signedText(request), []);

export const contextOf = ({ organization }: DeviceHome, seen: Seen): RequestContext => ({ ...seen, door: 'app', policyVersion: organization.policy.version });

export async function admitDevice(deps: CommitDependencies, request: DeviceRequest, seen: Seen): Promise<AdmittedDevice> {
  const found = await readHome(deps, request.factorId);
  const factor = found && findFactor(found.state, found.factorId);
  if (!found || factor?.kind !== 'app' || !factor.deviceKey) throw notAdmitted();
  if (!isDeviceRequest(factor.deviceKey, request, deps.clock.now())) throw notAdmitted();
  return { ...found, factor, context: contextOf(found, seen), mark: markOf(deps, request) };
}
