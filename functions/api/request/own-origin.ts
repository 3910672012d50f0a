/** That a request comes from the hosted pages themselves (A88, A124). */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readEnvironment } from '../../../shared/platform/config/environment.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';

/** Other sites can make a browser send its cookies here, but not under our origin: browsers say truthfully who asks. */
export function checkOrigin({ headers, requestContext }: APIGatewayProxyEventV2): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const isForeign = origin !== undefined && origin !== readEnvironment(['COUNTERSIGN_PAGES']).COUNTERSIGN_PAGES;
  const isElsewhere = site !== undefined && site !== 'same-origin';
  const isSilent = origin === undefined && (site === undefined || requestContext.http.method !== 'GET');
  if (isForeign || isElsewhere || isSilent) throw new Problem('not-permitted', { detail: 'Only the hosted pages may ask this, from their own address.' });
}
