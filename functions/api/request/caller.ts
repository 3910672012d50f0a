/** How whoever asks is known: by the key of a client, or by the cookie of a page (page-caller.ts). */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { admit, type Actor, type AdmissionRequest, type Admitted } from '../../../shared/clients/admit.ts';
import { readAuthorization } from '../../../shared/clients/client.ts';
import type { RequestContext } from '../../../shared/user-state/event-item.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import { readActor } from './read-request.ts';

export interface Caller {
  /** As far as the request says, for the rows that are read beside. */
  readonly clientId: string | undefined;
  /** What tells this caller's requests from another's, beside the client. */
  readonly mark: string;
  readonly door: RequestContext['door'];
  /** The person for whom the caller says that it acts; throws for one in the wrong form. */
  actor(): Actor | undefined;
  admit(deps: Dependencies, request: Omit<AdmissionRequest, 'authorization'>): Promise<Admitted>;
}

/** A client's key, and the person whom it names. */
export function callerByKey({ headers }: APIGatewayProxyEventV2): Caller {
  const { authorization, 'countersign-actor': actorHeader } = headers;
  return {
    clientId: readAuthorization(authorization)?.clientId,
    mark: actorHeader ?? '',
    door: 'api',
    actor: () => readActor(actorHeader),
    admit: (deps, request) => admit(deps, { authorization, ...request }),
  };
}
