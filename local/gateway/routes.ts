/** The template's HTTP API: which function answers which route. */
import type { Resolver } from '../template/resolver.ts';

export interface GatewayRoute {
  /** `POST /v1/challenges/{challengeId}/answer` */
  readonly routeKey: string;
  readonly method: string;
  readonly path: string;
  readonly functionArn: string;
  readonly timeoutMilliseconds: number;
}

export interface GatewayApi {
  readonly apiId: string;
  readonly stage: string;
  readonly routes: readonly GatewayRoute[];
}

/** The longest, and the default, that an HTTP API waits for a function. */
const LONGEST_WAIT = 30_000;

interface RouteProperties {
  readonly RouteKey?: string;
  readonly Target?: string;
  readonly AuthorizationType?: string;
}

interface IntegrationProperties {
  readonly IntegrationType?: string;
  readonly IntegrationUri?: string;
  readonly PayloadFormatVersion?: string;
  readonly TimeoutInMillis?: number;
}

/** Reads the one API of the stage. What would answer differently here than on AWS is refused. */
export function readApi(resolver: Resolver): GatewayApi {
  const [api, ...others] = resolver.resources('AWS::ApiGatewayV2::Api');
  if (api === undefined || others.length > 0) throw new Error('The template must have exactly one HTTP API.');
  if (api.properties['CorsConfiguration'] !== undefined) {
    throw new Error('CorsConfiguration does not run on one machine.');
  }
  const stages = resolver.resources('AWS::ApiGatewayV2::Stage').map(({ properties }) => properties['StageName']);
  if (stages.join() !== '$default') throw new Error('Only the stage $default runs on one machine.');

  const described = resolver.resources('AWS::ApiGatewayV2::Integration');
  const integrations = new Map(described.map(({ ref, properties }) => [ref, properties]));
  const routes = resolver.resources('AWS::ApiGatewayV2::Route').map(({ properties }) => {
    const { RouteKey, Target, AuthorizationType } = properties as RouteProperties;
    const routeKey = RouteKey ?? '';
    if (AuthorizationType !== undefined && AuthorizationType !== 'NONE') {
      throw new Error(`${routeKey}: authorizers do not run on one machine.`);
    }
    const integration = integrations.get((Target ?? '').replace('integrations/', ''));
    return readRoute(routeKey, integration ?? {});
  });
  return { apiId: api.ref, stage: '$default', routes };
}

function readRoute(routeKey: string, integration: IntegrationProperties): GatewayRoute {
  const { IntegrationType, IntegrationUri, PayloadFormatVersion, TimeoutInMillis } = integration;
  if (IntegrationType !== 'AWS_PROXY' || IntegrationUri === undefined || PayloadFormatVersion !== '2.0') {
    throw new Error(`${routeKey}: only functions with payload format 2.0 run on one machine.`);
  }
  const [method = '', path = ''] = routeKey.split(' ');
  return { routeKey, method, path, functionArn: IntegrationUri, timeoutMilliseconds: TimeoutInMillis ?? LONGEST_WAIT };
}
